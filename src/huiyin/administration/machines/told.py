"""What the pages of other systems say after an act that led back to them."""

from __future__ import annotations

from huiyin.kernel.words import Words

DONE = {
    "added": Words("已添加。请现在把密钥交给对方，五分钟后不再显示。", "Added. Hand over the secret now."),
    "renewed": Words(
        "新密钥已启用；旧密钥还有一天同时签名，请及时换。",
        "The new secret signs from now on; the old one signs beside it for a day.",
    ),
    "paused": Words("已暂停。", "Paused."),
    "resumed": Words("已启用。", "Switched on."),
    "removed": Words("已删除。", "Removed."),
    "ping-sent": Words("测试已送达，对方答复正常。", "The test arrived, and was answered."),
    "ping-failed": Words("测试没有送达，原因见下面的记录。", "The test did not arrive; see the log below."),
    "replaying": Words("已排队重发，一分钟内开始。", "Queued to be sent again within a minute."),
    "nothing": Words("没有符合条件的记录，什么也没有重发。", "Nothing fits; nothing is sent again."),
    "peer-added": Words("对接单位已添加。", "The peer is added."),
    "services": Words("类别对照已更新，以后的工单按新的送。", "The services are changed for what comes now."),
    "retrying": Words("已排队，几分钟内再发。", "Queued to be sent again within minutes."),
}
