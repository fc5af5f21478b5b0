using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.StepCaps;

/// <summary>The step caps of fine-tuning that were tried.</summary>
internal sealed class StepCapsSection : IReportSection
{
    public string Title => LimitationsSection.Heading;

    public string Html(SectionPage page) => page.Results.StepCaps.Count == 0 ? "" : "<h3>Step caps of fine-tuning</h3>\n" + Table(
        "step_caps", page.Results.StepCaps, ["fold", "generator", "cap", "SSIM on validation people", "chosen"],
        (row, at) => [Escape(row.Fold), Escape(row.Weights), Number($"{at}.cap", Count(row.Cap)), Number($"{at}.ssim", Rate(row.Ssim)),
            row.Chosen ? "yes" : ""])
        + Note("One cap for every shot count, by the mean over validation people, shot counts and arms.");
}

/// <summary>A step cap of fine-tuning that was tried on a fold's validation people.</summary>
public sealed record StepCapRow
{
    /// <summary>The fold.</summary>
    public string Fold { get; init; } = "";

    /// <summary>The generator, where there are several.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Most generator updates at any shot count.</summary>
    public required int Cap { get; init; }

    /// <summary>Mean SSIM of made to true driver frames over people, shot counts and arms.</summary>
    public required double Ssim { get; init; }

    /// <summary>Whether the test people's heads were made with it.</summary>
    public bool Chosen { get; init; }
}
