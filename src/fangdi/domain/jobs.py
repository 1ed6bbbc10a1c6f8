"""Long work (作业): what kinds there are, and how far it has come."""

from enum import StrEnum


class JobKind(StrEnum):
    """What a job does."""

    PLAN_BATCH = "plan_batch"  # 批量平面图


class JobState(StrEnum):
    """How far a job, or a part of it, has come."""

    WAITING = "waiting"  # 等待
    RUNNING = "running"  # 进行中
    DONE = "done"  # 完成
    FAILED = "failed"  # 失败
    CANCELLED = "cancelled"  # 已取消


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
"""States in which nothing more happens by itself."""

MOST_ATTEMPTS = 3
"""How often a part is begun before it is given up: a worker that is ended over it takes no others along for ever."""
