using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Model;

/// <summary>How a detector is trained.</summary>
public sealed record DetectorOptions
{
    /// <summary>The trainer. Default <see cref="DetectorModelKind.LightGbm"/>.</summary>
    public DetectorModelKind Model { get; init; } = DetectorModelKind.LightGbm;

    /// <summary>Seed of every random choice of the trainer. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>LightGBM and FastForest: number of trees, 1 … 10000. Default 200.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>LightGBM: leaves a tree, 2 … 1024. Default 15. FastForest grows four times as many, since its trees do not build on each
    /// other.</summary>
    public int Leaves { get; init; } = 15;

    /// <summary>LightGBM: shrinkage, above 0 up to 1. Default 0.05.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>LightGBM and FastForest: fewest rows in a leaf, 1 … 100000. Default 20.</summary>
    public int RowsPerLeaf { get; init; } = 20;

    /// <summary>Share of the columns that each tree (LightGBM) or each cut (FastForest) may use, above 0 up to 1. Default 0.5.</summary>
    public double ColumnShare { get; init; } = 0.5;

    /// <summary>L2 penalty of leaf values (LightGBM) or of the weights of standardised columns (logistic), 0 … 1e6. Default 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Whether each family has a model of its own and the score is the mean of theirs, each divided by its deviation over the
    /// training rows, so that a long family does not drown a short one. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LateFusion { get; init; }

    /// <summary>Who counts how much among generated rows. Default: every person the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Weighting Weighting { get; init; }

    /// <summary>
    /// Whether an experiment also trains a detector whose training frames come a second and third time under random steps of the robustness
    /// ladder (both classes alike). Default false.
    /// </summary>
    public bool Augment { get; init; }

    /// <summary>Checks every range and returns this.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public DetectorOptions Validated()
    {
        if (!Enum.IsDefined(Model)) throw new UserErrorException(
            $"Model {(int)Model} is not a detector model; choose light_gbm, logistic_regression or fast_forest.", exitCode: 2);
        if (!Enum.IsDefined(Weighting)) throw new UserErrorException(
            $"Weighting {(int)Weighting} is not one; choose people, generators or worst_generator.", exitCode: 2);
        Check(nameof(Trees), Trees, 1, 10_000);
        Check(nameof(Leaves), Leaves, 2, 1024);
        Check(nameof(LearningRate), LearningRate, 1e-6, 1);
        Check(nameof(RowsPerLeaf), RowsPerLeaf, 1, 100_000);
        Check(nameof(ColumnShare), ColumnShare, 1e-3, 1);
        Check(nameof(L2), L2, 0, 1e6);
        return this;
    }

    private static void Check(string name, double value, double low, double high) =>
        OptionCheck.Within($"Option {OptionCheck.Words(name)}", value, low, high, "change it in the detector's options");
}

/// <summary>The trainer behind a detector.</summary>
public enum DetectorModelKind
{
    /// <summary>Gradient-boosted trees (Ke et al. 2017) in deterministic mode.</summary>
    LightGbm,

    /// <summary>Logistic regression with an L2 penalty, fitted by limited-memory BFGS.</summary>
    LogisticRegression,

    /// <summary>Random forest (Breiman 2001).</summary>
    FastForest,
}
