using System.Globalization;

namespace ForensicHeads.Detector.Folder;

/// <summary><c>range.json</c>: what the clips that a detector learnt from look like as a whole, so that it is silent about what is unlike
/// all of them.</summary>
/// <remarks>A clip is the mean over its frames of <see cref="TrivialPixelsFamily"/> at the detector's size and of the crop's side in the
/// source; sharpness, noise and side as logarithms. The distance is Mahalanobis': (x − μ)ᵀ Σ⁻¹ (x − μ), people weighing the same, a
/// twentieth of each variance added to it.</remarks>
public sealed record TrainingRange
{
    /// <summary>Share of clips of unseen collections that lie beyond the limit: one in twenty.</summary>
    public const double Beyond = 0.05;

    private const double Ridge = 0.05;
    private const double Tail = 0.05;
    private const int Saturation = 2;
    private const int SaturationSpread = 3;
    private const int Sharpness = 4;
    private const int Noise = 6;
    private const int CropWidth = 7;

    /// <summary>What is measured, in words.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["brightness", "spread of brightness", "saturation", "spread of saturation", "sharpness", "contrast", "noise", "crop width"];

    /// <summary>double[columns], μ.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>double[columns][columns], Σ⁻¹.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Inverse { get; init; }

    /// <summary>double[columns], the 5th percentile of the training clips.</summary>
    public required IReadOnlyList<double> Low { get; init; }

    /// <summary>double[columns], their 95th percentile.</summary>
    public required IReadOnlyList<double> High { get; init; }

    /// <summary>Largest distance at which the detector speaks; infinite until it was set.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>Whether every list is as long as <see cref="Columns"/>.</summary>
    internal bool IsWhole => Inverse is not null && Inverse.Count == Columns.Count
        && new[] { Mean, Low, High }.Concat(Inverse).All(list => list?.Count == Columns.Count);

    /// <summary>Measures a frame: double[columns].</summary>
    /// <param name="picture">The crop at the detector's size.</param>
    /// <param name="cropSide">Side of the crop in pixels of its source; where nobody knows it, the picture's own.</param>
    public static double[] Measure(RgbImage picture, double cropSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var family = new TrivialPixelsFamily();
        var values = new float[family.ColumnNames(picture.Width).Count];
        family.Compute(picture, values);
        return [.. values.Select((value, c) => c is Sharpness or Noise ? Math.Log(1 + value) : value),
            Math.Log(cropSide > 0 ? cropSide : picture.Width)];
    }

    /// <summary>Fits the clips of a training.</summary>
    /// <param name="clips">Person and double[columns] of each; at least one.</param>
    public static TrainingRange Of(IReadOnlyList<(string Identity, double[] Values)> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var count = clips.GroupBy(clip => clip.Identity, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count());
        double[] weights = [.. clips.Select(clip => 1.0 / count[clip.Identity] / count.Count)];
        double[] mean = [.. Columns.Select((_, c) => clips.Select((clip, i) => weights[i] * clip.Values[c]).Sum())];
        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(Columns.Count, Columns.Count, (a, b) =>
            clips.Select((clip, i) => weights[i] * (clip.Values[a] - mean[a]) * (clip.Values[b] - mean[b])).Sum() * (a == b ? 1 + Ridge : 1)
            + (a == b ? 1e-9 : 0));
        return new TrainingRange
        {
            Mean = mean,
            Inverse = [.. covariance.Inverse().ToRowArrays()],
            Low = [.. Columns.Select((_, c) => Quantile([.. clips.Select(clip => clip.Values[c])], Tail))],
            High = [.. Columns.Select((_, c) => Quantile([.. clips.Select(clip => clip.Values[c])], 1 - Tail))],
        };
    }

    /// <summary>The same with the limit that all but <see cref="Beyond"/> of some distances keep.</summary>
    /// <param name="distances">Of clips that did not take part, at least one.</param>
    public TrainingRange Within(IReadOnlyList<double> distances) => this with { Limit = Quantile([.. distances], 1 - Beyond) };

    /// <summary>The distance of a clip, not negative.</summary>
    public double Distance(IReadOnlyList<double> clip) => Parts(clip).Sum();

    /// <summary>Why the detector has nothing to say of a clip; null where it has.</summary>
    public string? Foreign(IReadOnlyList<double> clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (!(Distance(clip) > Limit)) return null;
        var parts = Parts(clip);
        var most = Array.IndexOf(parts, parts.Max());
        return string.Create(CultureInfo.InvariantCulture,
            $"unlike everything that the detector learnt from (distance {Math.Sqrt(Distance(clip)):0.0}, at most {Math.Sqrt(Limit):0.0}), "
            + $"most of all in {Columns[most]}: {Shown(most, clip[most])}, where training clips have {Shown(most, Low[most])} to "
            + $"{Shown(most, High[most])}");
    }

    private double[] Parts(IReadOnlyList<double> clip)
    {
        double[] away = [.. clip.Select((value, c) => value - Mean[c])];
        return [.. away.Select((value, a) => value * Inverse[a].Select((entry, b) => entry * away[b]).Sum())];
    }

    // As a person reads them: logarithms undone.
    private static string Shown(int column, double value) => column switch
    {
        Sharpness or Noise => FormattableString.Invariant($"{Math.Exp(value) - 1:0.0}"),
        Saturation or SaturationSpread => FormattableString.Invariant($"{value:0.00}"),
        CropWidth => FormattableString.Invariant($"{Math.Exp(value):0} px"),
        _ => FormattableString.Invariant($"{value:0}"),
    };

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values[(int)Math.Ceiling(share * (values.Length - 1))];
    }
}
