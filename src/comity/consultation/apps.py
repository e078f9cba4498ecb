from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "comity.consultation"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.calls.kinds import Kind, kinds
        from comity.consultation import permissions  # noqa: F401 -- declares the rules
        from comity.consultation.actions import ACTIONS
        from comity.consultation.answering import answer_context
        from comity.consultation.asking import KIND, admit, fields_of_consultation
        from comity.consultation.beside import proposals_in_margin, ways_from_text
        from comity.consultation.desk import proposals_to_decide
        from comity.consultation.gates import only_members_read_drafts
        from comity.consultation.services.keeping import keep_proposals
        from comity.texts.gates import draft_gates
        from comity.texts.margins import margins, text_links
        from comity.ui.desk import desk_items

        kind = Kind(
            _("Consultation on a text"),
            fields_of_consultation,
            keep_proposals,
            admit,
            answer_template="consultation/answer.html",
            answer_context=answer_context,
        )
        kinds.add(KIND, kind)
        draft_gates.add("consultation", only_members_read_drafts)
        margins.add("consultation", proposals_in_margin)
        text_links.add("consultation", ways_from_text)
        desk_items.add("consultation", proposals_to_decide)
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
