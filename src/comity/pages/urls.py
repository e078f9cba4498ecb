from django.urls import path

from comity.pages.views import about, across, calendar, feeds, home, parties, processes, records

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", home.desk, name="desk"),
    path("about/", about.about, name="about"),
    path("about/functions/", about.functions, name="functions"),
    path("processes/", processes.process_list, name="processes"),
    path("processes/<slug:slug>/", processes.process_detail, name="process"),
    path(
        "processes/<slug:slug>/participants.<slug:form>",
        processes.process_participants,
        name="process_participants",
    ),
    path("groupings/", processes.grouping_list, name="groupings"),
    path("participation/", across.participation, name="participation"),
    path("participation.<slug:form>", across.participation_file, name="participation_file"),
    path("overlaps/", across.overlaps, name="overlaps"),
    path("overlaps.<slug:form>", across.overlaps_file, name="overlaps_file"),
    path("themes/", across.themes, name="themes"),
    path("themes.<slug:form>", across.themes_file, name="themes_file"),
    path("timeline/", across.timeline, name="timeline"),
    path("timeline.<slug:form>", across.timeline_file, name="timeline_file"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_ics, name="calendar_ics"),
    path("news.atom", feeds.news, name="news"),
    path("processes/<slug:slug>/news.atom", feeds.news, name="process_news"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/<slug:code>/", parties.party_detail, name="party"),
    path("organisations/", parties.organisation_list, name="organisations"),
    path("organisations/<slug:code>/", parties.organisation_detail, name="organisation"),
    path("meetings/", records.meeting_list, name="meetings"),
    path("meetings/<slug:slug>/", records.meeting_detail, name="meeting"),
    path("documents/", records.document_list, name="documents"),
    path("documents/<slug:slug>/", records.document_detail, name="document"),
    path("studies/", records.study_list, name="studies"),
    path("studies/<slug:slug>/", records.study_detail, name="study"),
    path("projects/", records.project_list, name="projects"),
    path("projects/<slug:slug>/", records.project_detail, name="project"),
]
