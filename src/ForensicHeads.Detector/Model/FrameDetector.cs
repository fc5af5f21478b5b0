using System.Globalization;
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
/// </remarks>
public sealed class FrameDetector : IFrameDetector
{
    private readonly MLContext context;
    private readonly ITransformer model;
    private readonly DataViewSchema inputSchema;

    private FrameDetector(MLContext context, ITransformer model, DataViewSchema inputSchema, int columns)
    {
        this.context = context;
        this.model = model;
        this.inputSchema = inputSchema;
        Columns = columns;
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
        var weights = ExampleWeights.Of(rows);
        var context = new MLContext(ITrainerChoice.NativeSeed(options));
        var data = context.Data.LoadFromEnumerable(
            rows.Select((row, i) => new DetectorRow { Features = row.Features, Label = row.Generated, Weight = weights[i] }),
            DetectorRow.Schema(columnNames.Count));
        // fixZero would only scale, not centre.
        var normaliser =
            context.Transforms.NormalizeMeanVariance(nameof(DetectorRow.Features), maximumExampleCount: int.MaxValue, fixZero: false);
        // The mean of no known value is 0, the same in every row: a column that says nothing.
        IEstimator<ITransformer> prepared = columnNames.Any(FeatureLayout.MayBeUnknown)
            ? context.Transforms
            .ReplaceMissingValues(nameof(DetectorRow.Features), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(normaliser)
            : normaliser;
        return new FrameDetector(context, Fit(context, prepared, data, options), data.Schema, columnNames.Count);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A row of another length.</exception>
    public float[] Score(IReadOnlyList<float[]> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Column<float>(features, "Score");
    }

    /// <summary>Scores labelled rows into a table.</summary>
    public IReadOnlyList<FrameScore> Score(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var scores = Score([.. rows.Select(row => row.Features)]);
        return [.. rows.Select((row, i) => FrameScore.Of(row, scores[i]))];
    }

    /// <summary>The model as an ML.NET zip; the same model always gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, inputSchema, stream);
        return StableZip.Rewrite(stream.ToArray());
    }

    /// <summary>Restores a model from <see cref="ToBytes"/>. ML.NET sees only what <see cref="ModelArchive"/> lets pass.</summary>
    /// <exception cref="UserErrorException">Not a detector of this toolkit.</exception>
    public static FrameDetector FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var context = new MLContext(0);
        try
        {
            ModelArchive.Check(bytes);
            using var stream = new MemoryStream(bytes, writable: false);
            var model = context.Model.Load(stream, out var schema);
            if (schema.GetColumnOrNull(nameof(DetectorRow.Features))?.Type is VectorDataViewType { Size: > 0 } vector)
                return new FrameDetector(context, model, schema, vector.Size);
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            // ML.NET answers a damaged model with whatever its parser trips over, an array too large to be among them.
            throw new UserErrorException(
                $"{bytes.Length} bytes are not a saved detector model ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')}); train the "
                + "detector again.", inner: error);
        }

        throw new UserErrorException(
            $"{bytes.Length} bytes hold an ML.NET model, but not one that reads frame features; train the detector again.");
    }

    /// <inheritdoc/>
    public void Dispose() => (model as IDisposable)?.Dispose();

    /// <summary>ML.NET's own probability column, for the test that the score is its logit.</summary>
    internal float[] Probability(IReadOnlyList<float[]> features) => Column<float>(features, "Probability");

    private static ITransformer Fit(MLContext context, IEstimator<ITransformer> normaliser, IDataView data, DetectorOptions options)
    {
        try
        {
            return normaliser.Append(ITrainerChoice.Of(options.Model).Create(context, options)).Fit(data);
        }
        catch (ArgumentNullException error)
            when (error.ParamName == "items" && options is { Model: DetectorModelKind.LightGbm, ColumnShare: < 1 })
        {
            // LightGBM stops at the first tree without a split, even if only the columns drawn for that tree were useless; ML.NET 5.0.1
            // cannot wrap the tree of one leaf that is left. Once more with every column.
            return Fit(context, normaliser, data, options with { ColumnShare = 1 });
        }
        catch (ArgumentNullException error) when (error.ParamName == "items" && options.Model == DetectorModelKind.LightGbm)
        {
            // No column tells the classes apart. A tree of one leaf says the same of every frame: the weighted prior, whose logit is 0.
            return normaliser.Append(context.BinaryClassification.Trainers.Prior(nameof(DetectorRow.Label), nameof(DetectorRow.Weight)))
                .Fit(data);
        }
    }

    private T[] Column<T>(IReadOnlyList<float[]> features, string name)
    {
        for (var i = 0; i < features.Count; i++)
        {
            if (features[i].Length != Columns)
                throw new UserErrorException(
                    $"Row {i} has {features[i].Length} features, the detector reads {Columns}; compute the detector's own families at "
                    + "its own size.");
        }

        if (features.Count == 0) return [];
        return [.. model.Transform(new FeatureRows(features, Columns)).GetColumn<T>(name)];
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
}
