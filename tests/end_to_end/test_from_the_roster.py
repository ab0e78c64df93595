"""From two CSV files to a reminder: the command line and the process, as an operator and a secretary use them."""

import asyncio
import csv
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from playground.people import Person
from playground.server import BotApiServer
from tests.clock import FrozenClock
from tests.process import ROOT, BotProcess

TOKEN = "7171:" + "R" * 35
UNITS = """code,name,level,parent_code,cadres,members,youth
T,Tỉnh đoàn,province,,,,
H,Huyện đoàn Hoằng Hóa,district,T,15,,
X,Đoàn xã Hoằng Quỳ,grassroots,H,9,,
C1,Chi đoàn thôn 1,branch,X,3,40,5
C3,Chi đoàn thôn 3,branch,X,3,50,5
"""
PEOPLE = """unit_code,full_name,role,phone
C3,Lê Thị Mai,secretary,0900000301
C3,Trần Văn Hùng,deputy,
X,Vũ Văn Khang,secretary,0900000201
"""


def chidoan(folder: Path, *arguments: str) -> str:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CHIDOAN_")},
        "PYTHONPATH": str(ROOT),
        "CHIDOAN_DATA_DIR": str(folder),
        "CHIDOAN_CLOCK_START": "2018-12-20T08:00:00",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_whole_way(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8-sig")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    chidoan(tmp_path, "import", "units.csv")
    chidoan(tmp_path, "import", "people.csv")
    assert "không có gì thay đổi" in chidoan(tmp_path, "import", "people.csv")
    chidoan(tmp_path, "invites", "invites.csv", "--bot-name", "chidoan_bot")
    with (tmp_path / "invites.csv").open(encoding="utf-8-sig") as file:
        tokens = {row["full_name"]: row["token"] for row in csv.DictReader(file)}
    assert len(tokens) == 3
    asyncio.run(_story(tmp_path, tokens["Lê Thị Mai"]))
    chidoan(tmp_path, "export", "out.xlsx")
    chidoan(tmp_path, "backup", "backup.zip")
    assert (tmp_path / "out.xlsx").stat().st_size > 5000


async def _story(folder: Path, token: str) -> None:
    clock = Clock(FrozenClock.ZONE)
    server = BotApiServer(TOKEN, clock.now)
    await server.start()
    mai = Person(server, 103, "Mai", "0900000301")

    def bot_at(when: str) -> BotProcess:
        clock.jump(datetime.fromisoformat(when))
        made = BotProcess(folder, server.url, TOKEN, clock=when)
        made.start()
        return made

    bot = bot_at("2018-12-27T07:29:40")
    await mai.says(f"/start {token}")
    await mai.waits_for("Lời mời này dành cho đồng chí Lê Thị Mai")
    await mai.presses("Đúng")
    await mai.waits_for("/dulieu")
    await mai.presses("Đồng ý")
    await mai.waits_for("Chào đồng chí Mai")
    await mai.waits_for("Còn 2 ngày", "Chi đoàn thôn 3", timeout_s=60)
    bot.kill()

    # The machine was off until the last day: one message, and not the earlier ones as well.
    bot = bot_at("2018-12-29T11:29:50")
    await mai.says("/trogiup")
    await mai.waits_for("/baocao")
    await mai.waits_for("Hôm nay là ngày cuối", timeout_s=60)
    bot.kill()
    bot = bot_at("2018-12-29T11:40:00")
    await asyncio.sleep(8)
    assert sum("ngày cuối" in text for text in mai.texts) == 1

    await mai.presses("Báo cáo")
    await mai.waits_for("đã tham gia")
    await mai.presses("Đã tham gia")
    await mai.waits_for("Học ngày nào?")
    await mai.says("ngày 28 tháng 12")
    await mai.waits_for("Danh sách có 50")
    await mai.says("26/50")
    await mai.waits_for("3 đồng chí")
    await mai.presses("Đủ cả 3")
    await mai.waits_for("26/50")
    await mai.presses("Gửi báo cáo")
    await mai.waits_for("Đã nhận báo cáo, mã 0001", "11 giờ 40 ngày 29/12, đúng hạn")
    assert await asyncio.to_thread(bot.stop) == 0
    await server.stop()
