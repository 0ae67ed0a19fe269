"""Reads calendar files with two parsers that know nothing of each other, and prints what each
understood as JSON: one list a file, of what icalendar says and what vobject says."""

import json
import sys
from pathlib import Path

import icalendar
import vobject


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    attendee = event.get("attendee")
    organizer = event["organizer"]
    return {
        "method": str(calendar["method"]),
        "zones": [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")],
        "uid": str(event["uid"]),
        "sequence": int(event["sequence"]),
        "starts": event.decoded("dtstart").isoformat(),
        "ends": event.decoded("dtend").isoformat(),
        "zone": event["dtstart"].params["tzid"],
        "status": str(event["status"]),
        "summary": str(event["summary"]),
        "description": str(event.get("description", "")),
        "location": str(event.get("location", "")),
        "url": str(event.get("url", "")),
        "organizer": [organizer.params.get("cn"), str(organizer)],
        "attendee": attendee and [
            attendee.params.get("cn"), str(attendee),
            attendee.params.get("partstat"), attendee.params.get("rsvp"),
        ],
    }


def by_vobject(text):
    calendar = vobject.readOne(text)
    event = calendar.vevent
    value = lambda name: getattr(event, name).value if hasattr(event, name) else ""
    cn = lambda line: line.params.get("CN", [None])[0]
    attendee = getattr(event, "attendee", None)
    return {
        "method": calendar.method.value,
        "zones": [zone.tzid.value for zone in calendar.vtimezone_list],
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "starts": event.dtstart.value.isoformat(),
        "ends": event.dtend.value.isoformat(),
        "zone": event.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0],
        "status": event.status.value,
        "summary": value("summary"),
        "description": value("description"),
        "location": value("location"),
        "url": value("url"),
        "organizer": [cn(event.organizer), event.organizer.value],
        "attendee": attendee and [
            cn(attendee), attendee.value,
            attendee.params["PARTSTAT"][0], attendee.params["RSVP"][0],
        ],
    }


print(json.dumps([
    [by_icalendar(text), by_vobject(text)]
    for text in (Path(path).read_bytes().decode() for path in sys.argv[1:])
]))
