using System.Globalization;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ForensicHeads.Detector.Model;

/// <summary>Features of a frame in, logit of "generated" out: per-column standardisation, then the chosen ML.NET trainer.</summary>
/// <remarks>
/// Standardisation is fitted on the rows given to <see cref="Train"/> and nothing else. Columns of families over time may be NaN, unknown:
/// they become the mean of the training rows first. One seed and the same rows give the same scores, to the bit; where the classes do not
/// differ every frame gets the same score (a forest leaves the chance of its bags). The score is not calibrated:
/// <see cref="VideoCalibrator"/> turns video scores into log-likelihood ratios.
/// With <see cref="DetectorOptions.LateFusion"/> each family has a model of its own, and the score is the mean of theirs, each divided by
/// its deviation over the training rows.
/// </remarks>
public sealed class FrameDetector : IFrameDetector
{
    private const string FusionFile = "fusion.json";
    private const int FusionBytes = 1 << 20;

    private readonly IReadOnlyList<FamilyModel> parts;

    private FrameDetector(IReadOnlyList<FamilyModel> parts)
    {
        this.parts = parts;
        Columns = parts.Sum(part => part.Columns);
    }

    /// <summary>Number of features a row must have.</summary>
    public int Columns { get; }

    /// <summary>Trains on the rows of the training people.</summary>
    /// <param name="rows">At least one row of each class, all of the same length, all finite.</param>
    /// <param name="options">Trainer and seed.</param>
    /// <param name="columnNames">The columns' names, for messages.</param>
    /// <exception cref="UserErrorException">A class is missing, a row has another length, a value is not finite, or an option is out of
    /// range.</exception>
    public static FrameDetector Train(IReadOnlyList<LabelledFeatures> rows, DetectorOptions options, IReadOnlyList<string> columnNames)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(columnNames);
        options.Validated();
        Check(rows, columnNames);
        return Fit(rows, ExampleWeights.Of(rows, options.Weighting, weights =>
        {
            using var fitted = Fit(rows, weights, options, columnNames);
            return fitted.Score([.. rows.Select(row => row.Features)]);
        }), options, columnNames);
    }

    private static FrameDetector Fit(IReadOnlyList<LabelledFeatures> rows, float[] weights, DetectorOptions options,
        IReadOnlyList<string> columnNames)
    {
        var families = columnNames.GroupBy(FeatureLayout.FamilyOf).Select(family => family.ToArray()).ToArray();
        if (!options.LateFusion || families.Length < 2) return new FrameDetector([FamilyModel.Train(rows, weights, options, columnNames)]);
        var (parts, from) = (new List<FamilyModel>(), 0);
        foreach (var family in families)
        {
            var range = from..(from += family.Length);
            LabelledFeatures[] own = [.. rows.Select(row => row with { Features = row.Features[range] })];
            var part = FamilyModel.Train(own, weights, options, family);
            var deviation = Deviation(part.Column<float>([.. own.Select(row => row.Features)], "Score"), weights);
            parts.Add(part with { Scale = deviation > 0 ? 1 / (deviation * families.Length) : 0 });
        }

        return new FrameDetector(parts);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A row of another length.</exception>
    public float[] Score(IReadOnlyList<float[]> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckLengths(features);
        if (parts.Count == 1) return parts[0].Column<float>(features, "Score");
        var (total, from) = (new double[features.Count], 0);
        foreach (var part in parts)
        {
            var range = from..(from += part.Columns);
            var scores = part.Column<float>([.. features.Select(row => row[range])], "Score");
            for (var i = 0; i < total.Length; i++) total[i] += part.Scale * scores[i];
        }

        return Array.ConvertAll(total, score => (float)score);
    }

    /// <summary>Scores labelled rows into a table.</summary>
    public IReadOnlyList<FrameScore> Score(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var scores = Score([.. rows.Select(row => row.Features)]);
        return [.. rows.Select((row, i) => FrameScore.Of(row, scores[i]))];
    }

    /// <summary>The model as an ML.NET zip, or as a zip of one for each family; the same model always gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        if (parts.Count == 1) return parts[0].ToBytes();
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(FusionFile, System.Text.Encoding.UTF8.GetBytes(CanonicalJson.ToText(new Fusion([.. parts.Select(part => part.Scale)]))));
            for (var i = 0; i < parts.Count; i++) Add(PartName(i), parts[i].ToBytes());

            void Add(string name, byte[] bytes)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return StableZip.Rewrite(stream.ToArray());
    }

    /// <summary>Restores a model from <see cref="ToBytes"/>. ML.NET sees only what <see cref="ModelArchive"/> lets pass.</summary>
    /// <exception cref="UserErrorException">Not a detector of this toolkit.</exception>
    public static FrameDetector FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            // A single model's limits are counted where it is opened.
            if (archive.GetEntry(FusionFile) is not { } file) return new FrameDetector([FamilyModel.FromBytes(bytes)]);
            ZipLimits.Check(bytes);
            if (file.Length > FusionBytes) throw new InvalidDataException($"{FusionFile} has {file.Length} bytes");
            var scales = CanonicalJson.OfText<Fusion>(System.Text.Encoding.UTF8.GetString(ModelArchive.Bytes(file)), FusionFile).Scales;
            if (scales is not { Count: > 0 } || archive.Entries.Count != scales.Count + 1 || !scales.All(double.IsFinite))
                throw new InvalidDataException($"{FusionFile} does not match the models beside it");
            return new FrameDetector([.. scales.Select((scale, i) => FamilyModel.FromBytes(ModelArchive.Bytes(
                archive.GetEntry(PartName(i)) ?? throw new InvalidDataException($"{PartName(i)} is missing"))) with { Scale = scale })]);
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            // ML.NET answers a damaged model with whatever its parser trips over, an array too large to be among them.
            throw new UserErrorException(
                $"{bytes.Length} bytes are not a saved detector model ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')}); train the "
                + "detector again.", inner: error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }

    /// <summary>ML.NET's own probability column, for the test that the score is its logit.</summary>
    internal float[] Probability(IReadOnlyList<float[]> features) => parts.Single().Column<float>(features, "Probability");

    private static string PartName(int i) => FormattableString.Invariant($"family-{i}.zip");

    private static double Deviation(float[] scores, float[] weights)
    {
        var total = weights.Sum(weight => (double)weight);
        var mean = scores.Select((score, i) => (double)score * weights[i]).Sum() / total;
        return Math.Sqrt(scores.Select((score, i) => (score - mean) * (score - mean) * weights[i]).Sum() / total);
    }

    private void CheckLengths(IReadOnlyList<float[]> features)
    {
        for (var i = 0; i < features.Count; i++)
        {
            if (features[i].Length != Columns)
                throw new UserErrorException(
                    $"Row {i} has {features[i].Length} features, the detector reads {Columns}; compute the detector's own families at "
                    + "its own size.");
        }
    }

    private static void Check(IReadOnlyList<LabelledFeatures> rows, IReadOnlyList<string> columnNames)
    {
        var generated = rows.Count(row => row.Generated);
        if (generated == 0 || generated == rows.Count)
            throw new UserErrorException(
                $"The training rows hold {rows.Count - generated} real and {generated} generated frames; both must be above 0. Check the "
                + "stores and the split.");
        foreach (var row in rows)
        {
            if (row.Features.Length != columnNames.Count)
                throw new UserErrorException(
                    $"Frame {row.Key} has {row.Features.Length} features, {columnNames.Count} were expected; compute all frames with one "
                    + "layout.");
            if (!(row.Weight > 0) || float.IsInfinity(row.Weight))
                throw new UserErrorException(FormattableString.Invariant(
                    $"Frame {row.Key} has weight {row.Weight}; weights must be finite and above 0."));
            var bad = Enumerable.Range(0, row.Features.Length)
                .FirstOrDefault(c =>
                    !float.IsFinite(row.Features[c]) && !(float.IsNaN(row.Features[c]) && FeatureLayout.MayBeUnknown(columnNames[c])), -1);
            if (bad >= 0)
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                    $"Frame {row.Key} has {row.Features[bad]} in column {columnNames[bad]}; "
                    + $"features must be finite. Leave the frame out."));
        }
    }

    private sealed record Fusion(IReadOnlyList<double> Scales);
}
