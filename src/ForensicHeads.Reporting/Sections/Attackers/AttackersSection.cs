namespace ForensicHeads.Reporting.Sections.Attackers;

/// <summary>The other attackers, in the form of the curve; their tables are made beside its own.</summary>
internal sealed class AttackersSection : IReportSection
{
    internal const string Kind = "attackers-per-shot";

    public string Title => "Other attackers";

    public string Grid => "attackers";

    public IReadOnlyList<Figure> Figures { get; } = [new ShotFigure(Kind, "AUC", "other attackers")];

    public IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => drawn.Take(1);

    public string Html(SectionPage page) => page.Pictures
        + AccuracySection.Html(page, page.Results.Attackers, "attackers", "No other attackers were run.");
}
