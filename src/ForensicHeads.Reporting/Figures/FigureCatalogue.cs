namespace ForensicHeads.Reporting.Figures;

/// <summary>Every kind of figure the report knows.</summary>
public static class FigureCatalogue
{
    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new ShotFigure("auc-per-shot", "AUC"),
        new ShotFigure("accuracy-per-shot", "Accuracy"),
        new WaterfallFigure(),
        new ShotFigure("attackers-per-shot", "AUC", "other attackers"),
        new CrossShotFigure(),
        new HistogramFigure(),
        new RocFigure(),
        new ReliabilityFigure(),
        new QualityFigure("ssim-per-shot", "SSIM", "SSIM", "0.00", "higher is better; 11×11 Gaussian window, data range 255"),
        new QualityFigure("psnr-per-shot", "PSNR", "PSNR (dB)", "0.0", "higher is better; data range 255"),
        new QualityFigure("identity-per-shot", "Identity similarity", "cosine similarity", "0.00", "higher is better"),
        new QualityFigure("nme-per-shot", "Landmark error", "NME (outer-eye distance)", "0.000", "lower is better; failures counted in the table"),
        new QualityFigure("kid-per-shot", "Kernel inception distance", "KID", "0.000", "lower is better"),
        new ImportanceFigure(),
        new TrainingFigure(),
    ];

    /// <summary>By the kind that tables name.</summary>
    public static IReadOnlyDictionary<string, Figure> ByKind { get; } = All.ToDictionary(figure => figure.Kind, StringComparer.Ordinal);
}
