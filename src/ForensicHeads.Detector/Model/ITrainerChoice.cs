using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Trainers;
using Microsoft.ML;

namespace ForensicHeads.Detector.Model;

/// <summary>One ML.NET trainer whose <c>Score</c> column is the logit of "generated".</summary>
internal interface ITrainerChoice
{
    /// <summary>The trainer, reading <c>Features</c>, <c>Label</c> and <c>Weight</c>.</summary>
    IEstimator<ITransformer> Create(MLContext context, DetectorOptions options);

    /// <summary>The trainer of a kind.</summary>
    static ITrainerChoice Of(DetectorModelKind kind) => kind switch
    {
        DetectorModelKind.LogisticRegression => new LogisticTrainer(),
        DetectorModelKind.FastForest => new ForestTrainer(),
        _ => new LightGbmTrainer(),
    };

    /// <summary>A 31-bit seed for native trainers.</summary>
    static int NativeSeed(DetectorOptions options) => (int)(new SeededRandom(options.Seed, "detector/trainer").NextBits() & int.MaxValue);

    private sealed class LightGbmTrainer : ITrainerChoice
    {
        public IEstimator<ITransformer> Create(MLContext context, DetectorOptions options) =>
            context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                FeatureColumnName = nameof(DetectorRow.Features),
                LabelColumnName = nameof(DetectorRow.Label),
                ExampleWeightColumnName = nameof(DetectorRow.Weight),
                NumberOfIterations = options.Trees,
                NumberOfLeaves = options.Leaves,
                LearningRate = options.LearningRate,
                MinimumExampleCountPerLeaf = options.RowsPerLeaf,
                Booster = new GradientBooster.Options { FeatureFraction = options.ColumnShare, L2Regularization = options.L2 },
                // With slope 1 the raw score is the logit.
                Sigmoid = 1,
                UnbalancedSets = false,
                Seed = NativeSeed(options),
                // Sums of floats depend on the number of threads, whatever the deterministic mode promises: one thread.
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
                Silent = true,
            });
    }

    private sealed class LogisticTrainer : ITrainerChoice
    {
        public IEstimator<ITransformer> Create(MLContext context, DetectorOptions options) =>
            context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                FeatureColumnName = nameof(DetectorRow.Features),
                LabelColumnName = nameof(DetectorRow.Label),
                ExampleWeightColumnName = nameof(DetectorRow.Weight),
                L1Regularization = 0,
                L2Regularization = (float)options.L2,
                OptimizationTolerance = 1e-6f,
                InitialWeightsDiameter = 0,
                NumberOfThreads = 1,
            });
    }

    /// <summary>
    /// The forest's own score s is the sum over its n trees of a leaf's mean label, labels being −1 and +1, so that (n + s)/2 trees vote
    /// for "generated" and (n − s)/2 against. Half a vote is added to either side: the logit stays finite where all trees agree.
    /// </summary>
    private sealed class ForestTrainer : ITrainerChoice
    {
        public IEstimator<ITransformer> Create(MLContext context, DetectorOptions options)
        {
            var forest = context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
            {
                FeatureColumnName = nameof(DetectorRow.Features),
                LabelColumnName = nameof(DetectorRow.Label),
                ExampleWeightColumnName = nameof(DetectorRow.Weight),
                NumberOfTrees = options.Trees,
                NumberOfLeaves = 4 * options.Leaves,
                MinimumExampleCountPerLeaf = options.RowsPerLeaf,
                FeatureFractionPerSplit = options.ColumnShare,
                Seed = NativeSeed(options),
                FeatureSelectionSeed = NativeSeed(options),
                NumberOfThreads = 1,
            });
            return forest
                .Append(context.Transforms
                .Expression("Score", FormattableString.Invariant($"s => log(({options.Trees}f + s + 1f) / ({options.Trees}f - s + 1f))"),
                "Score"));
        }
    }
}

/// <summary>A row as ML.NET reads it; the vector's length is set by a schema definition.</summary>
internal sealed class DetectorRow
{
    public float[] Features { get; init; } = [];

    public bool Label { get; init; }

    public float Weight { get; init; } = 1;

    /// <summary>The schema for rows of a known number of columns.</summary>
    public static SchemaDefinition Schema(int columns)
    {
        var schema = SchemaDefinition.Create(typeof(DetectorRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return schema;
    }
}
