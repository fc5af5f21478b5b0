using ForensicHeads.Reporting.Results;

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
        new ShotFigure("detectors-per-shot", "AUC", "the detectors", "aware: learnt from the few-shot generator; unaware: learnt from self-blended images and an auto-encoder alone; aware-augmented: learnt under the robustness ladder, too."),
        new ShotFigure("machine-user-per-shot", "Share picked by the machine-USER", "", "Of three sequences (at frame level: pictures) of one person, two real and one generated, the detector picks the one with the highest score. Lower is a better generator. Human raters may stand on this axis; AUC may not.", MachineUserRow.Guessing),
        new ShotFigure("runs-per-shot", "AUC", "several experiments", "AUC of few-shot fakes against real items by each experiment's aware detector; people, generators and drivers may differ between the lines."),
        new DotFigure("run-differences", "Two experiments", "AUC of the first minus that of the second on the people whom both tested on the same true frames.", 560, difference: true),
        new DotFigure("families", "Each feature family alone", "AUC of fine-tuned heads by a detector that has the columns of one family alone, and of all together.", 480),
        new DotFigure("robustness", "Robustness", "AUC of fine-tuned heads (all shot counts) under each step of the ladder by a detector trained before; the step applied to both classes, and to one class alone: what moves then is bias, not detection.", 760),
        new DotFigure("differences", "Paired differences", "First minus second on the same people, drivers and frames: above 0, the first is the easier one to tell from real. An interval that holds 0 does not show a difference.", 560, difference: true),
        new DotFigure("terciles", "By distance to the nearest shot", "AUC within each third of the generated frames by the perceptual distance of the driver frame to the nearest shot: a curve that holds only for near frames would measure copying.", 400),
        new DotFigure("unseen-generators", "Each generator by detectors that never saw it", "AUC of a generator's clips against the real people, in rounds that left out the generator and the person.", 560, intervals: "over the people it shows and the real people"),
        new DotFigure("unseen-scorers", "Macro mean over unseen generators", "Mean AUC over the generators with enough clips, of the detector and of each baseline on the same rounds.", 480, intervals: "over generators and real people"),
        new DotFigure("unseen-margins", "The detector minus each baseline", "Difference of the macro means, paired by generator and real person: above 0, the detector is the better one. The margin over the best baseline is the one that counts.", 440, difference: true, "over generators and real people"),
        new DotFigure("cross-slices", "Trained on one, tested on another", "AUC of clips of people never trained on; one line of the figure a training slice, one marker a test slice.", 420),
        new CrossShotFigure(),
        new HistogramFigure(),
        new RocFigure(),
        new DetFigure(),
        new ReliabilityFigure(),
        new TippettFigure(),
        new CrossEntropyFigure(),
        new QualityFigure("ssim-per-shot", "SSIM", "SSIM", "0.00", "higher is better; 11×11 Gaussian window, data range 255"),
        new QualityFigure("psnr-per-shot", "PSNR", "PSNR (dB)", "0.0", "higher is better; data range 255"),
        new QualityFigure("identity-per-shot", "Identity similarity", "cosine similarity", "0.00", "higher is better; to the mean vector of true frames of another video"),
        new QualityFigure("retrieval-per-shot", "Identity retrieval", "top-1 retrieval", "0.00", "higher is better; share of frames whose nearest person in the gallery is the right one"),
        new QualityFigure("nme-per-shot", "Landmark error", "NME (outer-eye distance)", "0.000", "lower is better; failures counted as one outer-eye distance"),
        new QualityFigure("kid-per-shot", "Kernel distance", "KID ({0})", "0.000", "lower is better; equal n everywhere"),
        new QualityFigure("fid-per-shot", "Fréchet distance", "FD ({0})", "0.0", "lower is better; equal n everywhere, biased upwards at this n"),
        new ImportanceFigure(),
        new TrainingFigure(),
    ];

    /// <summary>By the kind that tables name.</summary>
    public static IReadOnlyDictionary<string, Figure> ByKind { get; } = All.ToDictionary(figure => figure.Kind, StringComparer.Ordinal);
}
