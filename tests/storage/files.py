"""Roster files as people make them."""

from pathlib import Path

PROVINCE = (
    "code,name,level,parent_code\nTH,Tỉnh đoàn Thanh Hóa,province,\nHH,Huyện đoàn Hoằng Hóa,district,TH\n"
)
COMMUNE = PROVINCE + "HQ,Đoàn xã Hoằng Quỳ,grassroots,HH\n"
BRANCHES = """code,name,level,parent_code,cadres,members,youth
HQ-1,Chi đoàn thôn 1,branch,HQ,3,50,10
HQ-2,Chi đoàn thôn 2,branch,HQ,3,40,
"""
PEOPLE = """unit_code,full_name,role,phone
HQ,Vũ Văn Khang,Bí thư,0900000201
HQ-1,Lê Thị Mai,Bí thư,0900000301
HQ-1,Trần Văn Hùng,Phó bí thư,0900000302
HQ-1,Phạm Thu Hà,uỷ viên BCH,
HQ-2,Bùi Thị Lan,bí thư,0900000303
"""


def csv_file(folder: Path, text: str, name: str = "roster.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
