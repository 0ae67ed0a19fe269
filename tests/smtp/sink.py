"""A real SMTP server for the tests, on the loopback.

Every mail it takes becomes two files in FOLDER: NNNN.eml as it came over the wire, and NNNN.json
as Python's own e-mail parser reads it, so that what the product writes is read by another hand.
The port is printed first; then it serves until it is ended.
"""

import argparse
import asyncio
import email
import email.policy
import json
import os
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps mails, or answers as told."""

    def __init__(self, folder, answers, data, delay, moody):
        self.folder = folder
        self.answers = answers
        self.data = data
        self.delay = delay
        self.moody = moody
        self.met = set()
        self.count = len(list(folder.glob("*.json")))

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        code = self.answers.get(address.lower()) or self.answers.get("*")
        code = code or await self.mood(address)
        if code:
            return f"{code} refused for the test"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def mood(self, address):
        """What an address named NAME.MOOD@ meets: 550 whenever, another code or silence once."""
        mood = address.split("@")[0].rpartition(".")[2]
        if not self.moody or not (mood.isdigit() or mood == "hang"):
            return None
        if mood == "550":
            return mood
        if address in self.met:
            return None
        self.met.add(address)
        if mood == "hang":
            await asyncio.sleep(3600)
        return mood

    async def handle_DATA(self, server, _session, envelope):
        await asyncio.sleep(self.delay)
        if self.data:
            return self.data
        self.count += 1
        name = f"{self.count:04}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        # Renamed into place: who sees the file sees it whole.
        half = self.folder / f"{name}.half"
        half.write_text(json.dumps(read(envelope), ensure_ascii=False), encoding="utf-8")
        os.rename(half, self.folder / f"{name}.json")
        if self.moody and address_is(envelope, ".drop@") and envelope.rcpt_tos[0] not in self.met:
            self.met.add(envelope.rcpt_tos[0])
            server.transport.abort()
        return "250 taken"


def address_is(envelope, part):
    """Whether the first recipient has this in the address."""
    return part in envelope.rcpt_tos[0]


def read(envelope):
    """The envelope, and the mail as it is read; defects are what the parser had to forgive."""
    mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return {
        "mail_from": envelope.mail_from,
        "rcpt_to": envelope.rcpt_tos,
        "headers": [[name, str(value)] for name, value in mail.items()],
        "types": [part.get_content_type() for part in mail.walk()],
        "parts": [
            {
                "kind": part.get_content_type(),
                "parameters": dict(part["content-type"].params) if part["content-type"] else {},
                "file_name": part.get_filename(),
                "content": part.get_payload(decode=True).decode(
                    part.get_content_charset("utf-8"), "replace"
                ),
            }
            for part in parts
        ],
        "defects": [str(defect) for part in mail.walk() for defect in part.defects]
        + [str(defect) for value in mail.values() for defect in value.defects],
    }


async def main():
    """Reads the command line and serves."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("folder", type=Path)
    cli.add_argument("--port", type=int, default=0)
    cli.add_argument("--answer", action="append", default=[], metavar="ADDRESS=CODE",
                     help="refuse this recipient (* = all) with this code, such as 450 or 550")
    cli.add_argument("--data", metavar="ANSWER",
                     help="refuse every mail once it has its words, such as '500 out of order'")
    cli.add_argument("--delay", type=float, default=0.0, help="seconds before a mail is taken")
    cli.add_argument("--moody", action="store_true",
                     help="NAME.421@, .450@, .452@: refused once; .550@: for good; .hang@: silence"
                     " once; .drop@: taken once and the line cut before the answer")
    told = cli.parse_args()
    answers = dict(answer.lower().rsplit("=", 1) for answer in told.answer)
    sink = Sink(told.folder, answers, told.data, told.delay, told.moody)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(sink, enable_SMTPUTF8=True, hostname="localhost", ident="sink"),
        "127.0.0.1", told.port,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
