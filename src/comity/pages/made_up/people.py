"""The people who sign in to the demonstration, and who they are."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from comity.accounts.demonstration import PASSWORD, DemonstrationSignIn
from comity.accounts.models import User
from comity.parties.models import Person

# In the order of the sign-in page.
SIGN_INS = (
    DemonstrationSignIn("secretariat@meridian.example", _("Secretariat of the Meridian Dialogue")),
    DemonstrationSignIn(
        "chair@meridian.example", _("Presidency of the Meridian Dialogue: Dorvane Republic")
    ),
    DemonstrationSignIn("focal.qma@meridian.example", _("Focal point of Arvenia")),
    DemonstrationSignIn("focal.qmb@meridian.example", _("Focal point of Belmora")),
    DemonstrationSignIn("delegate.qma@meridian.example", _("Delegate of Arvenia")),
    DemonstrationSignIn("statistician.qma@meridian.example", _("Statistician of Arvenia")),
    DemonstrationSignIn("observer@meridian.example", _("Observer: Harbour Cities League")),
    DemonstrationSignIn("partner@meridian.example", _("Partner: Almery Institute of Mobility")),
    DemonstrationSignIn("secretariat@lagoon.example", _("Secretariat of the Lagoon Process")),
    DemonstrationSignIn("editor@paper.example", _("Editor of the paper’s processes")),
    DemonstrationSignIn("admin@comity.example", _("Administrator of the installation")),
)
ADMINISTRATOR = "admin@comity.example"


def make_accounts() -> int:
    """Make the accounts that are missing, each with its person; return how many they were."""
    emails = [sign_in.email for sign_in in SIGN_INS]
    present = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    people = {person.email: person for person in Person.objects.filter(email__in=emails)}
    missing = [email for email in emails if email not in present]
    for email in missing:
        person = people.get(email)
        user = User.objects.create_user(email, PASSWORD, is_superuser=email == ADMINISTRATOR)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        if person:
            person.user = user
            person.full_clean()
            person.save()
    return len(missing)
