"""What is told of an object is told once."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.query.lookup.remembered import remembered


@dataclass(frozen=True)
class Kettle:
    litres: int
    asked: list[int] = field(default_factory=list)

    @remembered
    def cups(self) -> int:
        """Return how many cups it fills."""
        self.asked.append(self.litres)
        return self.litres * 4


def test_a_value_is_worked_out_once() -> None:
    kettle = Kettle(2)
    assert (kettle.cups, kettle.cups) == (8, 8)
    assert kettle.asked == [2]


def test_each_object_has_a_value_of_its_own() -> None:
    assert (Kettle(1).cups, Kettle(3).cups) == (4, 12)


def test_a_value_is_no_part_of_what_is_compared() -> None:
    one = Kettle(5)
    assert one.cups == 20
    assert one == Kettle(5, asked=[5])


def test_of_the_class_it_is_described() -> None:
    assert Kettle.cups.__doc__ == "Return how many cups it fills."
