using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Sections.Limitations;

/// <summary>What the numbers do not say, and whom and what they rest on.</summary>
internal sealed class LimitationsSection : IReportSection
{
    internal const string Heading = "Limitations and scope";

    public string Title => Heading;

    public string Html(SectionPage page)
    {
        var (results, split) = (page.Results, page.Results.Split);
        string People(string role, int count) => $"{role} {Number($"split.{role}", Reporting.Results.NumberText.Count(count))}";
        return Bullets(results.Limitations) + (results.Detector is null ? "" : $"<p>Detector: {Escape(results.Detector)}</p>\n")
            // Saved detectors were taught elsewhere, by people of their own.
            + $"<p>People per role: {(results.Tests.Count > 0 ? "" : $"{People("generator", split.Generator)}, "
                + $"{People("train", split.Train)}, {People("validation", split.Validation)}, "
                + $"{People("calibration", split.Calibration)}, ")}{People("test", split.Test)}"
            + $"{(split.GeneratorEqualsTrain ? "; generator and detector learnt from the same people" : "")}. "
            + $"Seeds: {string.Join(", ", results.Seeds.Select(seed => FormattableString.Invariant($"{seed}")))}.</p>\n";
    }
}

/// <summary>How many people each role has.</summary>
public sealed record SplitSummary
{
    /// <summary>Name of the split file.</summary>
    public string? Name { get; init; }

    /// <summary>Its seed.</summary>
    public long Seed { get; init; }

    /// <summary>People of the generator's meta-training.</summary>
    public int Generator { get; init; }

    /// <summary>People the detector learnt from.</summary>
    public int Train { get; init; }

    /// <summary>People of threshold, condition and step caps.</summary>
    public int Validation { get; init; }

    /// <summary>People of the calibrator.</summary>
    public int Calibration { get; init; }

    /// <summary>People of every number reported.</summary>
    public int Test { get; init; }

    /// <summary>True where the generator and the detector learnt from the same people (too few for five roles).</summary>
    public bool GeneratorEqualsTrain { get; init; }

    /// <summary>Hash of the split file, or null.</summary>
    public string? Sha256 { get; init; }
}
