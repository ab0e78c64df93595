"""The comparison: the same form as an ordinary python-telegram-bot program would have it.

ConversationHandler, PicklePersistence, one SQLite row at the end. Run: stock_bot.py API_URL TOKEN FOLDER
"""

import sqlite3
import sys
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

TOOK_PART, DAY, MEMBERS, CADRES, SUMMARY = range(5)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup([buttons[place : place + 2] for place in range(0, len(buttons), 2)])


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    context.user_data.clear()
    await update.message.reply_html(
        "<b>Chi đoàn</b> · học tập Nghị quyết 01\nChi đoàn đã tham gia hội nghị học tập chưa?",
        reply_markup=keyboard("Đã tham gia", "Tự tổ chức", "Chưa tham gia", "✖️ Huỷ"),
    )
    return TOOK_PART


async def took_part(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    await query.answer()
    await query.edit_message_text("Học ngày nào?", reply_markup=keyboard("Hôm nay", "Hôm qua", "✖️ Huỷ"))
    return DAY


async def day(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    await query.answer()
    context.user_data["day"] = query.data
    await query.edit_message_text(
        "Bao nhiêu đoàn viên tham dự? Đồng chí gõ, ví dụ: 45/50", reply_markup=keyboard("✖️ Huỷ")
    )
    return MEMBERS


async def members(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    context.user_data["members"] = update.message.text
    await update.message.reply_html(
        "Trong đó 3 đồng chí cán bộ có mặt đủ không?",
        reply_markup=keyboard("Đủ cả 3", "Có đồng chí vắng", "✖️ Huỷ"),
    )
    return CADRES


async def cadres(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    await query.answer()
    context.user_data["cadres"] = query.data
    await query.edit_message_text(
        f"<b>Chi đoàn</b> · {context.user_data['day']}\nĐoàn viên: {context.user_data['members']}",
        parse_mode="HTML",
        reply_markup=keyboard("Gửi báo cáo", "Bổ sung", "Sửa", "Huỷ"),
    )
    return SUMMARY


async def send(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    await query.answer()
    database: sqlite3.Connection = context.application.bot_data["database"]
    data = context.user_data
    cursor = database.execute(
        "INSERT INTO report (chat, day, members, cadres) VALUES (?, ?, ?, ?)",
        (query.from_user.id, data["day"], data["members"], data["cadres"]),
    )
    database.commit()
    await query.edit_message_text(f"<b>Đã nhận báo cáo, mã {cursor.lastrowid:04d}</b>", parse_mode="HTML")
    return ConversationHandler.END


async def open_database(application: Application) -> None:
    database = sqlite3.connect(Path(sys.argv[3]) / "reports.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(
        "CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, chat INT, day TEXT, members TEXT, cadres TEXT)"
    )
    application.bot_data["database"] = database


class Persistence(PicklePersistence):
    """Without the database handle, which cannot be pickled."""

    async def update_bot_data(self, data: dict) -> None:
        return


def main() -> None:
    api, token, folder = sys.argv[1:4]
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .persistence(Persistence(Path(folder) / "state.pickle"))
        .concurrent_updates(False)
        .connection_pool_size(64)
        .post_init(open_database)
        .build()
    )
    flow = ConversationHandler(
        entry_points=[CommandHandler("baocao", begin)],
        states={
            TOOK_PART: [CallbackQueryHandler(took_part)],
            DAY: [CallbackQueryHandler(day)],
            MEMBERS: [MessageHandler(filters.TEXT & ~filters.COMMAND, members)],
            CADRES: [CallbackQueryHandler(cadres)],
            SUMMARY: [CallbackQueryHandler(send)],
        },
        fallbacks=[CommandHandler("baocao", begin)],
        name="report",
        persistent=True,
        allow_reentry=True,
    )
    application.add_handler(flow)
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
