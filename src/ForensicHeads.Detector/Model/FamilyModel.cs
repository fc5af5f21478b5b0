using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ForensicHeads.Detector.Model;

/// <summary>One ML.NET pipeline: per-column standardisation, then the chosen trainer.</summary>
/// <param name="Context">ML.NET's.</param>
/// <param name="Model">The fitted pipeline.</param>
/// <param name="InputSchema">What it reads.</param>
/// <param name="Columns">Length of a row.</param>
internal sealed record FamilyModel(MLContext Context, ITransformer Model, DataViewSchema InputSchema, int Columns) : IDisposable
{
    /// <summary>What its score is multiplied by where several are averaged. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Trains on checked rows, each with its weight.</summary>
    public static FamilyModel Train(IReadOnlyList<LabelledFeatures> rows, float[] weights, DetectorOptions options,
        IReadOnlyList<string> columnNames)
    {
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
        return new FamilyModel(context, Fit(context, prepared, data, options), data.Schema, columnNames.Count);
    }

    /// <summary>The pipeline as a zip of ML.NET, sorted and undated.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Context.Model.Save(Model, InputSchema, stream);
        return StableZip.Rewrite(stream.ToArray());
    }

    /// <summary>Restores a pipeline.</summary>
    /// <exception cref="UserErrorException">Not one of this toolkit.</exception>
    public static FamilyModel FromBytes(byte[] bytes)
    {
        var context = new MLContext(0);
        ModelArchive.Check(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        var model = context.Model.Load(stream, out var schema);
        if (schema.GetColumnOrNull(nameof(DetectorRow.Features))?.Type is VectorDataViewType { Size: > 0 } vector)
            return new FamilyModel(context, model, schema, vector.Size);
        throw new UserErrorException(
            $"{bytes.Length} bytes hold an ML.NET model, but not one that reads frame features; train the detector again.");
    }

    /// <summary>A column of what the pipeline makes of rows of the right length.</summary>
    public T[] Column<T>(IReadOnlyList<float[]> features, string name) =>
        features.Count == 0 ? [] : [.. Model.Transform(new FeatureRows(features, Columns)).GetColumn<T>(name)];

    /// <inheritdoc/>
    public void Dispose() => (Model as IDisposable)?.Dispose();

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
}
