using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>What the pages of all protocols have.</summary>
internal static class ProtocolParts
{
    /// <summary>A number with its interval; a dash alone where it is undefined.</summary>
    internal static string Cell(string path, Estimate estimate, Func<double?, string> format) => estimate.Value is null
        ? Number($"{path}.value", NumberText.Undefined)
        : Interval(path, "value", "low", "high", (estimate.Value, estimate.Low, estimate.High), format);

    /// <summary>How many clips were left out for each reason, then every one of them.</summary>
    internal static string LeftOut(IReadOnlyList<string> leftOut)
    {
        if (leftOut.Count == 0) return Note("Every clip of the stores was scored.");
        // "clip: reason"
        static string Reason(string line) => line.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? line[(at + 2)..] : line;
        var reasons = leftOut.GroupBy(Reason, StringComparer.Ordinal).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{NumberText.Count(group.Count(), "clip", "clips")}: {group.Key}");
        return Bullets(reasons) + Details($"{NumberText.Count(leftOut.Count, "clip", "clips")} by name", Bullets(leftOut))
            + Note("What could not be scored is counted here and enters no number above; nothing is scored 0.5 in silence.");
    }

    /// <summary>Clips that were found to show the same footage, pair by pair; nothing where there are none.</summary>
    internal static string NearDuplicates(IReadOnlyList<string> pairs) => pairs.Count == 0 ? "" :
        Bullets([
            $"{NumberText.Count(pairs.Count, "pair of clips looks", "pairs of clips look")} alike without a common person, group, driver "
            + "or source. They were kept on one side, never one trained on and the other tested."])
        + Details($"{NumberText.Count(pairs.Count, "pair", "pairs")} by name", Bullets(pairs));

    internal static string Sampling(ProtocolOptions options, bool successive = false) =>
        (options.Equalise is { } crf
            ? $"All clips went through one encode first (x264, rate factor {Number("options.equalise", NumberText.Count(crf))}, 4:2:0); "
            : "")
        + (successive || options.Equalise is not null
            ? $"{Number("options.frames_per_clip", NumberText.Count(options.FramesPerClip))} successive frames from the middle of a "
            + "clip, the same in every condition; "
            : $"At most {Number("options.frames_per_clip", NumberText.Count(options.FramesPerClip))} frames of a clip, evenly over it, "
            + $"and at least {Number("options.least_frames", NumberText.Count(options.LeastFrames))}; ")
        + $"{Number("options.folds", NumberText.Count(options.Folds))} folds of real people; seed "
        + $"{Number("options.seed", NumberText.Count(options.Seed))}.";

    internal static string Ending(IReadOnlyList<string> stores, ProtocolFacts facts) =>
        PageParts.Section("Environment", Definitions(facts.Environment) + "<h3>SHA-256</h3>\n" + Definitions(
            stores.Select((hash, i) => new ReportFact(stores.Count == 1 ? "store" : FormattableString.Invariant($"store {i + 1}"), hash))))
        + PageParts.Section("Reproduce", PageParts.Command(facts.Command)) + PageParts.Foot;
}

/// <summary>How a protocol samples clips and people.</summary>
public sealed record ProtocolOptions
{
    /// <summary>Most frames of a clip that are measured, evenly over it, or successive ones where a video codec is a condition; 1 … 1000.
    /// Default 24.</summary>
    public int FramesPerClip { get; init; } = 24;

    /// <summary>Fewest frames a clip must have in its store; shorter ones and photos are left out and counted; 1 … 1000. Default
    /// 8.</summary>
    public int LeastFrames { get; init; } = 8;

    /// <summary>Folds of real people, 2 … 100. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Seed of folds and trainers. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Updates of the retrained Meso-4 in every round where something is left out, 0 … 1,000,000; 0 leaves this baseline out.
    /// Default 400.</summary>
    public int MesoSteps { get; init; } = 400;

    /// <summary>Updates of the network of family <c>cnn</c>, taught anew in every round and scored beside the detector; 0 leaves it out.
    /// Default 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CnnSteps { get; init; }

    /// <summary>The rate factor of x264 that all clips of both classes go through before anything is measured, 0 … 51; null for
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Equalise { get; init; }

    /// <summary>Checks every range and returns this.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public ProtocolOptions Validated()
    {
        Check("--frames", FramesPerClip, 1, 1000);
        Check("--least-frames", LeastFrames, 1, 1000);
        Check("--folds", Folds, 2, 100);
        Check("--meso-steps", MesoSteps, 0, 1_000_000);
        Check("--cnn-steps", CnnSteps, 0, 1_000_000);
        if (Equalise is { } crf) Check("--equalise", crf, 0, 51);
        return this;
    }

    private static void Check(string name, int value, int low, int high) =>
        OptionCheck.Within(name, value, low, high, "choose a value inside");
}
