namespace ForensicHeads.Experiments.Cluster;

/// <summary>What is known of a task.</summary>
/// <param name="Task">Its number.</param>
/// <param name="State">How it stands.</param>
/// <param name="Line">Of a failed one, the last line that it said.</param>
/// <param name="Attempts">Of a failed one, how often it failed.</param>
public sealed record TaskReport(int Task, TaskState State, string? Line = null, int Attempts = 0);

/// <summary>How a task stands.</summary>
public enum TaskState
{
    /// <summary>Its completion file is there.</summary>
    Done,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It waits in the scheduler's queue.</summary>
    Waiting,

    /// <summary>It ended badly.</summary>
    Failed,

    /// <summary>It was never begun.</summary>
    Missing,
}
