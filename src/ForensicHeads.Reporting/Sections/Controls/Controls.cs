namespace ForensicHeads.Reporting.Sections.Controls;

/// <summary>The controls beside a number; null where one was not run.</summary>
public sealed record Controls
{
    /// <summary>Labels exchanged within people.</summary>
    public ControlResult? LabelShuffle { get; init; }

    /// <summary>Only what the container and tables say.</summary>
    public ControlResult? MetadataOnly { get; init; }

    /// <summary>True frames through the generator's output path.</summary>
    public ControlResult? Passthrough { get; init; }

    /// <summary>Only pixels outside the face.</summary>
    public ControlResult? BackgroundOnly { get; init; }

    /// <summary>Seven global statistics of the picture.</summary>
    public ControlResult? TrivialPixels { get; init; }

    /// <summary>Only container facts.</summary>
    public ControlResult? ContainerOnly { get; init; }

    /// <summary>One grey level added to one class: must be caught.</summary>
    public ControlResult? PlantedOffset { get; init; }

    /// <summary>A field planted in the metadata of one class: must be caught.</summary>
    public ControlResult? PlantedField { get; init; }

    /// <summary>The controls that were run, by the name they have in results.json, gates first.</summary>
    public IEnumerable<(string Name, ControlResult Result)> Run() =>
        new (string Name, ControlResult? Result)[]
        {
            ("passthrough", Passthrough), ("metadata_only", MetadataOnly), ("label_shuffle", LabelShuffle),
                ("planted_offset", PlantedOffset),
            ("planted_field", PlantedField), ("background_only", BackgroundOnly), ("trivial_pixels", TrivialPixels),
                ("container_only", ContainerOnly),
        }.Where(control => control.Result is not null).Select(control => (control.Name, control.Result!));
}

/// <summary>One control against shortcuts, with the bound it is held to.</summary>
public sealed record ControlResult
{
    /// <summary>Highest upper limit of max(AUC, 1 − AUC) at which two classes count as alike.</summary>
    public const double AlikeLimit = 0.60;

    /// <summary>Lowest AUC at which a planted difference counts as caught.</summary>
    public const double CaughtLimit = 0.90;

    /// <summary>The control's area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Area on the true labels of the model whose labels are shuffled (label shuffle only).</summary>
    public double? RealAuc { get; init; }

    /// <summary>One-sided p of <see cref="RealAuc"/> above ½, by exchanging the labels of whole people (label shuffle only).</summary>
    public double? P { get; init; }

    /// <summary>Tested frames that look like frames of training (label shuffle only).</summary>
    public int? LookAlikes { get; init; }

    /// <summary>How many of them a model that learns labels by heart knows whatever the labels are: the same pictures.</summary>
    public int? KnownLookAlikes { get; init; }

    /// <summary>The condition applied to both classes; null where none applies, as for what the container says.</summary>
    public string? Condition { get; init; }

    /// <summary>What is demanded, in words; null where the control is only reported.</summary>
    public string? Bound { get; init; }

    /// <summary>Whether the bound holds; null where there is none or the value is undefined.</summary>
    public bool? Passed { get; init; }

    /// <summary>A control that must not tell the classes apart: upper limit of max(AUC, 1 − AUC) ≤ 0.60.</summary>
    public static ControlResult Alike(double? auc, double? low, double? high) => new()
    {
        Auc = auc,
        CiLow = low,
        CiHigh = high,
        Bound = "upper limit of max(AUC, 1 − AUC) ≤ 0.60",
        Passed = low is null || high is null ? null : Math.Max(high.Value, 1 - low.Value) <= AlikeLimit,
    };

    /// <summary>A planted difference that must be caught: AUC ≥ 0.90.</summary>
    public static ControlResult Caught(double? auc, double? low, double? high) => new()
    {
        Auc = auc,
        CiLow = low,
        CiHigh = high,
        Bound = "AUC ≥ 0.90",
        Passed = auc is null ? null : auc >= CaughtLimit,
    };

    /// <summary>Shuffled labels: their mean area must be ½, and no tested frame may be a frame of training.</summary>
    /// <param name="area">Mean and 95 % range of the permutations.</param>
    /// <param name="alike">Tested frames that look like frames of training.</param>
    /// <param name="known">How many of them are known by heart.</param>
    /// <param name="holds">Whether both are as demanded.</param>
    public static ControlResult Shuffled((double Mean, double Low, double High) area, int alike, int known, bool holds) => new()
    {
        Auc = area.Mean,
        CiLow = area.Low,
        CiHigh = area.High,
        LookAlikes = alike,
        KnownLookAlikes = known,
        Bound = "mean AUC of the permutations 0.50 ± 0.02, and no tested frame known from training ("
            + FormattableString.Invariant($"{alike} look alike, {known} known)"),
        Passed = holds,
    };

    /// <summary>A number that stands beside the headline and is not a gate.</summary>
    public static ControlResult Reported(double? auc, double? low, double? high) => new() { Auc = auc, CiLow = low, CiHigh = high };
}
