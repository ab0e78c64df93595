"""A whole season played through, and counted: what the bench and the test of a season are made of.

    province.py   units and people, made up; the two files that are imported
    stage.py      the bot as one process wires it, a clock that is moved hour by hour, a channel that records
    people.py     somebody at their phone
    phases/       who does what when, a module each; `phases/__init__.py` lists them
    ledger.py     what everybody said in the end, in plain Python
    counting.py   figures counted from the ledger
    screens.py, takeaways.py   figures read back from screens and files
    run.py        from the first day to the last

To add a phase (a command that is new, say):

1. `phases/new.py` with `NAME` and `plan(season)`, which puts people's doings on the agenda:
   `season.some_day(NAME, first, last, human, script)`. A script is a generator; each `yield` is one update,
   and behind it `who.text`, `who.labels` and `who.expects(…)` are what the bot answered:

       def _counts(season: Season, unit: Unit) -> Callable[[Actor], Script]:
           written = season.chance.randint(0, 20)

           def script(who: Actor) -> Script:
               if not who.human.linked:
                   return
               yield who.says("/thuhoach")
               yield who.presses("Chỉ báo số bài")
               yield who.says(f"{written}/20")
               who.expects("Đã ghi")
               season.ledger.tallies[unit.code] = (written, 20)

           return script

   Who reads a figure that is counted at this very moment does it `alone`. What somebody does because of a
   message goes into `season.watchers`, with `season.soon(…)`. Everything by chance comes from `season.chance`,
   so that a seed is a season.
2. What was said in the end goes into `ledger.py`, a field each, and only once the bot has said that it took it.
3. `checks(season)` in the same module yields `Check(where, name, told, counted)`, or `each(where, told,
   counted)` of two dictionaries; the counted side reads the ledger and nothing of the bot's. Where /tiendo or
   the files tell more because of it, `counting.py` counts it and `screens.py` reads it.
4. A line in PHASES, and one in CHECKS, of `phases/__init__.py`.
5. `python -m tests.bench.season --branches 60` plays a small one; `tests/end_to_end/test_season.py` says that
   something of it happened.
"""
