using System.Text.Json.Serialization;
namespace ForensicHeads.Reporting.Results;

/// <summary>The answer in one or two sentences, and what it holds for.</summary>
public sealed record Headline
{
    /// <summary>
    /// The answer; where it is one of two fixed wordings (docs/experiments.md, "The first sentence of a report") it begins in lower case,
    /// and displays capitalise it.
    /// </summary>
    public required string Statement { get; init; }

    /// <summary>The condition it holds for.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>The budget arm of the fine-tuned heads it speaks of: <c>updates</c> or <c>epochs</c>; empty where nothing was
    /// fine-tuned.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Meta-trainings behind the generator: 1 unless several seeds were run.</summary>
    public int NGenerators { get; init; } = 1;

    /// <summary>Whether figures show a condition that has many rows: the headline's and the untouched frames beside it.</summary>
    internal bool IsDrawn(string condition) => condition == Condition || condition == "clean";
}
