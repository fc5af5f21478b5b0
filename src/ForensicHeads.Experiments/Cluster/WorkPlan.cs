using System.Globalization;

namespace ForensicHeads.Experiments.Cluster;

/// <summary>A command divided into tasks, as <c>plan.json</c> holds it. Each task is the command itself over a part of its work.</summary>
public sealed record WorkPlan
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "plan.json";

    /// <summary>The form of the file.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Most tasks of a plan: Slurm's own number for a job array at its largest.</summary>
    public const int MostTasks = 4_000_001;

    private const string Out = "--out";
    private const string Seed = "--seed";

    /// <summary>The form of this file.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>What is done.</summary>
    public required PlannedWork Work { get; init; }

    /// <summary>The words of the ordinary command after its name, without <c>--out</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Number of tasks, from 1.</summary>
    public required int Tasks { get; init; }

    /// <summary>Seed of the first of several trainings; null where the tasks do not differ in a seed.</summary>
    public long? FirstSeed { get; init; }

    /// <summary>Hash of the inputs when the plan was made; a task whose inputs have another stops.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>The folder from which relative paths lead, where the plan was made.</summary>
    public required string Folder { get; init; }

    /// <summary>What the merge makes; null for <c>result/</c> in the plan's folder.</summary>
    public string? Result { get; init; }

    /// <summary>The version that made the plan, which the tasks must have, too.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>SHA-256 of the plan's text.</summary>
    public string Hash() => Hashes.OfText(CanonicalJson.ToText(this));

    /// <summary>Begins the names of its jobs in a queue.</summary>
    public string JobName() => "fh-" + Hash()[..10];

    /// <summary>The words of an ordinary command.</summary>
    public static IReadOnlyList<string> CommandOf(PlannedWork work) => work switch
    {
        PlannedWork.Ingest => ["ingest"],
        PlannedWork.Fakes => ["datasets", "fakes"],
        PlannedWork.Experiment => ["experiment", "run"],
        _ => ["train"],
    };

    /// <summary>The words that give the hash of the inputs.</summary>
    public IReadOnlyList<string> InputWords() => Words(FirstSeed, Out, "unused");

    /// <summary>The words of a task.</summary>
    /// <param name="task">From 1.</param>
    /// <param name="to">The folder that it makes.</param>
    /// <param name="more">Further words.</param>
    public IReadOnlyList<string> TaskWords(int task, string to, params string[] more) => Words(FirstSeed + task - 1, [Out, to, .. more]);

    /// <summary>The words that put the whole together; the same as those that would have made it on one machine.</summary>
    public IReadOnlyList<string> WholeWords(string to) => Words(null, Out, to);

    /// <summary>Checks what was asked for.</summary>
    /// <exception cref="UserErrorException">A number of tasks outside the range.</exception>
    public WorkPlan Validated() => Tasks is >= 1 and <= MostTasks ? this : throw new UserErrorException(
        string.Create(CultureInfo.InvariantCulture, $"--shards is {Tasks}; allowed is 1 … {MostTasks}."), exitCode: 2);

    // What follows a '--' is a path, so that options go before it.
    private string[] Words(long? seed, params string[] options)
    {
        var before = Arguments.TakeWhile(word => word != "--").ToArray();
        string[] seeds = seed is { } one ? [Seed, one.ToString(CultureInfo.InvariantCulture)] : [];
        return [.. CommandOf(Work), .. before, .. seeds, .. options, .. Arguments.Skip(before.Length)];
    }
}

/// <summary>What can be divided among many machines.</summary>
public enum PlannedWork
{
    /// <summary>Face crops of videos and photos, by file.</summary>
    Ingest,

    /// <summary>Fakes of a store's people, by person.</summary>
    Fakes,

    /// <summary>The heads of an experiment, by fold, generator and person.</summary>
    Experiment,

    /// <summary>Trainings that differ in their seed alone.</summary>
    Train,
}
