"""Asks questions one after the other, each with a default and a way back. What is asked is known elsewhere."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from monitor.core.plain import one_line

BACK = "<"

Answers = Mapping[str, str]


class Refused(Exception):
    """An answer cannot be used; its words say why."""


class Screen(Protocol):
    """Where questions stand and answers come from."""

    def say(self, text: str) -> None: ...

    def ask(self, prompt: str) -> str:
        """Return what was typed; raises EOFError where nobody types."""
        ...

    def ask_secret(self, prompt: str) -> str: ...


class Terminal:
    """The real screen and keyboard, or a pipe in their place."""

    def say(self, text: str) -> None:
        """Print a line."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def ask(self, prompt: str) -> str:
        """Print *prompt* and return what was typed."""
        return one_line(self._line(prompt))

    def ask_secret(self, prompt: str) -> str:
        """Do so without showing what is typed, where that is a terminal."""
        return getpass.getpass(prompt) if sys.stdin.isatty() else self._line(prompt)

    def _line(self, prompt: str) -> str:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if not typed:
            raise EOFError
        return typed.rstrip("\r\n")


def nothing(_: Answers) -> str:
    """Return no default."""
    return ""


def always(_: Answers) -> bool:
    """Tell that a question is asked in any case."""
    return True


def as_typed(typed: str, _: Answers) -> str:
    """Take any answer."""
    return typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `read` returns the answer or raises `Refused`; `when` tells whether it is asked at all."""

    key: str
    text: Callable[[Answers], str]
    default: Callable[[Answers], str] = nothing
    read: Callable[[str, Answers], str] = as_typed
    when: Callable[[Answers], bool] = always
    is_secret: bool = False


@dataclass(slots=True)
class Interview:
    """Questions and what was answered to them. `given` are answers from the command line: not asked again."""

    questions: Sequence[Question]
    given: Mapping[str, str]
    answers: dict[str, str] = field(default_factory=dict)

    def take_defaults(self) -> Answers:
        """Answer every question with what was given, else with its default. Raises `Refused` with the question's key."""
        for question in self.questions:
            if question.when(self.answers):
                try:
                    self.answers[question.key] = self._given_or_default(question)
                except Refused as refused:
                    raise Refused(f"{question.key}: {refused}") from refused
        return self.answers

    def ask(self, screen: Screen, say_back: Callable[[Answers], str]) -> Answers:
        """Ask every question that fits the answers before it; `<` goes back to the one before. Raises EOFError."""
        asked: list[int] = []
        place = 0
        while place < len(self.questions):
            question = self.questions[place]
            if not question.when(self.answers):
                place += 1
            elif question.key in self.given:
                self._take_given(question)
                place += 1
            elif self._put(question, screen, say_back):
                asked.append(place)
                place += 1
            elif asked:
                place = asked.pop()
        return self.answers

    def _take_given(self, question: Question) -> None:
        try:
            self.answers[question.key] = question.read(self.given[question.key], self.answers)
        except Refused as refused:
            raise Refused(f"{question.key}: {refused}") from refused

    def _given_or_default(self, question: Question) -> str:
        typed = self.given.get(question.key)
        return question.read(question.default(self.answers) if typed is None else typed, self.answers)

    def _put(self, question: Question, screen: Screen, say_back: Callable[[Answers], str]) -> bool:
        """Ask one question until its answer can be used; False where somebody wants to go back."""
        default = question.default(self.answers)
        shown = f" [{default}]" if default and not question.is_secret else ""
        prompt = f"{question.text(self.answers)}{shown}: "
        while True:
            typed = screen.ask_secret(prompt) if question.is_secret else screen.ask(prompt)
            if typed == BACK:
                return False
            try:
                self.answers[question.key] = question.read(typed or default, self.answers)
            except Refused as refused:
                screen.say(f"  {refused} {say_back(self.answers)}")
            else:
                return True
