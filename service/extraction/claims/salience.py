"""Whom a line brings to mind: who is meant by 他, 前者 or 该公司 behind it, and who answers in it."""

from __future__ import annotations

import re

from service.extraction.claims.cue_words import bits, closes, finder, words
from service.extraction.claims.lines import Line
from service.extraction.claims.strangers import is_about_stranger
from service.extraction.claims.subjects import BUSINESS, Act, Cue, Subject, behind_gloss, is_object, opens_sentence
from service.model import Mention

_PAIR = 2  # companies that 前者 and 后者 tell apart
_OFFICE = 5  # characters of an office
_PASSED = 12  # lines behind which a stranger is still looked for
_RECENT = 4  # people who may be meant by a pronoun besides the last
_GENDERED = ("他", "她")
_TITLED = re.compile(
    r"(?P<he>先生|爵士|爷爷|阿?伯伯?|叔叔|大叔|大爷|大哥|老爹)"
    r"|(?:女士|小姐|太太|夫人|女史|阿姨|奶奶|婆婆|大妈|大姐|大婶|修女)"
)
# How who writes turns to somebody: 我后来问[林小姐].
_INTERVIEWS = re.compile(
    r"(?:我们?|记者|本报|本刊|主持人|有[一位个名]{0,2}[^,。;:!?我你他她的]{1,6}?)[^,。;:!?]{0,4}?"
    r"(?<![访学提顾疑没])(?:问|请教)(?:了|起|过)?$"
)
_ASKER = 12  # characters before whom is asked that tell who asks
_HIMSELF = re.compile(r"(?:本人|自己)[。!]?")
# Who is left to speak: 预算由会计主任林若川说明。
_HANDED = re.compile(r"由[^,。;:]{0,12}$")
_ANSWERS = re.compile(
    r"(?:代为?|负责|上台|出面|接着|继续)?"
    r"(?:说明|接手|接棒|回答|答|主讲|解说|报告|讲解|介绍|补充|开场|发言|作答)[。!]?"
)


def identity(mention: Mention | None) -> str | None:
    """Return what two mentions of one bearer share within a document."""
    return None if mention is None else mention.key or mention.name


class Salience:
    """Whom a pronoun would mean: the person last spoken of as a subject, the company, the last two people."""

    def __init__(self) -> None:
        self._person: Mention | None = None
        self._passed: list[Line] = []  # what was heard since that person was last spoken of
        self._recent: list[Mention] = []  # people named, the last one last
        self._genders: dict[str | None, str] = {}  # by which pronoun somebody is meant, where a title tells it
        self._company: Mention | None = None
        self._pair: tuple[Mention | None, Mention | None] = (None, None)
        self._bearers: dict[str, Mention | None] = {}  # who has been named with which office; None where two have

    @property
    def person(self) -> Mention | None:
        """The person last spoken of as a subject."""
        return self._person

    @person.setter
    def person(self, who: Mention | None) -> None:
        self._person = who
        self._passed.clear()

    def speak_of(self, who: Mention | None) -> None:
        """Remember that a person was spoken of, if anybody was; who writes is 我 and not 他."""
        if who is not None and who.role != "author":
            self.person = who

    def meant(self, pronoun: str, principal: Mention | None) -> Mention | None:
        """Return who is meant by a pronoun."""
        if pronoun in ("前者", "后者"):
            return self._pair[pronoun == "后者"]
        if pronoun.startswith(BUSINESS) and pronoun != "该位":
            return self._company
        if any(is_about_stranger(line) for line in self._passed):
            return None
        who = self._person or principal
        if pronoun not in _GENDERED or self._fits(who, pronoun):
            return who
        return next((other for other in reversed(self._recent) if self._fits(other, pronoun)), None)

    def _fits(self, who: Mention | None, pronoun: str) -> bool:
        """Tell whether a person may be meant by 他 or 她, by the title that goes with the name."""
        return self._genders.get(identity(who), pronoun) == pronoun

    def know(self, who: Mention, pronoun: str) -> None:
        """Remember by which pronoun somebody is meant in a sentence that names nobody else."""
        if pronoun in _GENDERED:
            self._genders.setdefault(identity(who), pronoun)

    def pass_over(self, line: Line) -> None:
        """Remember a line that names nobody who is spoken of."""
        if self._person is not None and len(self._passed) < _PASSED:
            self._passed.append(line)

    def note(self, line: Line) -> None:
        """Remember whom a line names."""
        self.speak_of(introduced(line) or questioned(line))
        self._note_companies(line)
        people = [s for s in line.sentence.subjects if s.mention is not None and s.is_person]
        if len(people) == _PAIR == len({identity(subject.mention) for subject in people}):
            self._pair = (people[0].mention, people[1].mention)
        for subject in people:
            named = subject.mention
            if named is None:
                continue
            self._note_office(line.sentence.folded, subject, named)
            self._note_person(line.sentence.folded, subject, named)
            if identity(named) not in map(identity, self._pair):
                self._pair = (self._pair[1], named)

    def _note_companies(self, line: Line) -> None:
        """Remember the company that a line is about, the one that opens it, else the last; and any two it names."""
        named = [subject for subject in line.sentence.subjects if subject.mention is not None and not subject.is_person]
        acting = [subject for subject in named if not is_object(line.sentence.folded, subject)]
        if acting:
            opening = (subject for subject in acting if opens_sentence(line.sentence, subject))
            self._company = next(opening, acting[-1]).mention
        if len(named) == _PAIR == len({identity(subject.mention) for subject in named}):
            self._pair = (named[0].mention, named[1].mention)

    def _note_office(self, text: str, subject: Subject, named: Mention) -> None:
        """Remember what office stands before or behind a name: 主席林若川, 林若川主席."""
        before, behind = (
            text[max(0, subject.start - _OFFICE) : subject.start],
            text[subject.end : subject.end + _OFFICE],
        )
        for office in words("verbs", "offices"):
            if before.endswith(office) or behind.startswith(office):
                known = self._bearers.setdefault(office, named)
                if identity(known) != identity(named):
                    self._bearers[office] = None

    def _note_person(self, text: str, subject: Subject, named: Mention) -> None:
        """Remember who was named, and by which pronoun he is meant where a title tells it: 林小姐."""
        if not self._recent or identity(self._recent[-1]) != identity(named):
            self._recent = [*self._recent[-_RECENT:], named]
        title = _TITLED.search(text, subject.start, subject.end + _OFFICE)
        if title is not None and title.end() > subject.end - 1 and title.start() <= subject.end:
            self._genders.setdefault(identity(named), "他" if title["he"] else "她")

    def named(self, cue: Cue | None) -> Cue | None:
        """Return the cue of an office alone (主席说) as that of the one who has been named with it, where one has."""
        if cue is None or cue.act is not Act.OTHER:
            return cue
        bearer = self._bearers.get(cue.pronoun)
        return cue if bearer is None else Cue(Act.SAYS, bearer, cue.start)


def introduced(line: Line) -> Mention | None:
    """Return the one person a sentence names, where it ends with saying that is who it is: 夹在中间的是研究员林若川."""
    last, text, (start, end) = line.sentence.subjects[-1], line.sentence.folded, line.span
    if line.is_question:
        return None
    people = [subject for subject in line.sentence.subjects if subject.is_person]
    if len(people) == 1 and people[0].mention is not None and _is_presented(text, people[0], end):
        return people[0].mention
    if last.mention is None or not last.is_person:
        return None
    if _HANDED.search(text, start, last.start) and _ANSWERS.fullmatch(text, behind_gloss(text, last.end), end):
        return last.mention
    named = any(other.mention is not None and other.is_person for other in line.sentence.subjects[:-1])
    if named or behind_gloss(text, last.end) < end - 1:
        return None
    before = text[start : last.start].rpartition(",")[2]
    return last.mention if any(word in before for word in ("是", "叫", "来了")) else None


def questioned(line: Line) -> Mention | None:
    """Return the one person whom who writes, or somebody unnamed, asks something: 我问林小姐怕不怕, 有人问林小姐…."""
    text, people = line.sentence.folded, [subject for subject in line.sentence.subjects if subject.is_person]
    if len(people) != 1 or people[0] is not line.sentence.subjects[0]:
        return None
    asked = _INTERVIEWS.search(text, max(line.span.start, people[0].start - _ASKER), people[0].start)
    return people[0].mention if asked else None


def _is_presented(text: str, subject: Subject, end: int) -> bool:
    """Tell whether a sentence ends with a name, or says that it is somebody's: 房东叫林若川，六十岁."""
    behind = behind_gloss(text, subject.end)
    if behind >= end - 1 or _HIMSELF.fullmatch(text, behind, end):
        return True
    return text[behind : behind + 1] == "," and text[max(0, subject.start - 1) : subject.start] == "叫"


def answering(line: Line, cue: Cue) -> Mention | None:
    """Return the person who is named behind one who asks, and to whom nothing is done: 甲问起分账，乙摇头."""
    text = line.sentence.folded
    others = [s for s in line.sentence.subjects if s.start > cue.start and s.mention is not None and s.is_person]
    return next((s.mention for s in reversed(others) if text[s.start - 1] == "," and not is_object(text, s)), None)


def citing(line: Line, cue: Cue) -> Mention | None:
    """Return the person who passes on what another says, of whom the author goes on to tell: 甲转述乙的话：…."""
    sentence = line.sentence
    if not sentence.cues.mask & bits("verbs", "cite"):
        return None
    first = sentence.subjects[0]
    if first.start >= cue.start or not first.is_person or is_object(sentence.folded, first):
        return None
    cites = sentence.hits(finder("verbs", "cite"))
    return first.mention if any(first.end <= hit.at < cue.start for hit in cites) else None


def named_before(line: Line, cue: Cue) -> Mention | None:
    """Return the one person a sentence names before it goes on with 他, if that is who it is about and no asker."""
    sentence = line.sentence
    text = sentence.folded
    named = [subject for subject in sentence.subjects if subject.start < cue.start and subject.mention is not None]
    about = [
        subject
        for subject in named
        if subject.is_person and not is_object(text, subject) and text[subject.end : subject.end + 1] != "的"
    ]
    asked = [subject for subject in named if subject.is_person and _is_asked(text, subject)]
    if len(asked) == 1:
        return asked[0].mention
    if not about and len(named) == 1 and named[0].is_person and not _is_topic(text, named[0]):
        return named[0].mention  # 我把报价拿给林小姐，她说…
    asks = (hit.at for hit in sentence.hits(finder("verbs", "ask")) if text[hit.at - 1] != "被")
    if len(about) != 1 or any(about[0].end <= at < cue.start for at in asks):
        return None
    return None if _meets(line, about[0], cue) else about[0].mention


def _is_topic(text: str, subject: Subject) -> bool:
    """Tell whether a sentence turns to somebody of whom another one then speaks: 至于林小姐辞职的传闻，她说没有."""
    return text[max(0, subject.start - 2) : subject.start] in ("至于", "关于", "有关", "对于")


def _meets(line: Line, subject: Subject, cue: Cue) -> bool:
    """Tell whether the pronoun stands for somebody else whom the subject does something to: 林小姐请他吃饭，他说…."""
    text = line.sentence.folded
    for other in line.sentence.subjects:
        if subject.end <= other.start < cue.start and other.pronoun == cue.pronoun:
            return "," not in text[subject.end : other.start] and text[other.end : other.end + 1] != "的"
    return False


def _is_asked(text: str, subject: Subject) -> bool:
    """Tell whether somebody is asked, who then answers: 我问林小姐怕不怕，她说…."""
    return closes("verbs", "ask", text[max(0, subject.start - 4) : subject.start].rstrip())
