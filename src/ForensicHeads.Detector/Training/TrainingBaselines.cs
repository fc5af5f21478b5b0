namespace ForensicHeads.Detector.Training;

/// <summary>What a training's validation number has to be read beside: the same trainer on the same frames, shown seven global statistics
/// alone, or what rides along with a frame alone.</summary>
internal static class TrainingBaselines
{
    /// <summary>Trains each on the training people's frames as they are (no changed copies) and scores those of the validation
    /// people.</summary>
    /// <param name="frames">Frames of all roles, both classes among the training and the validation people.</param>
    /// <param name="options">The detector's trainer and seed.</param>
    /// <param name="size">Side of the pictures in pixels.</param>
    /// <param name="spool">Keeps what was measured for a run that takes this one up.</param>
    /// <param name="progress">Frames measured.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    public static IReadOnlyList<ValidationScores> Run(IEnumerable<StoreFrame> frames, DetectorOptions options, int size, FeatureSpool spool,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        StoreFrame[] asked = [.. frames.Where(frame => frame.CopyOf is null && frame.Role is SplitRole.Train or SplitRole.Validation)];
        var layout = new FeatureLayout([TrivialPixelsFamily.FamilyName], size);
        return
        [
            Score(TrivialPixelsFamily.FamilyName, layout.ColumnNames, spool.Extract(layout, asked, progress, cancellation)),
            Score("metadata_only", MetadataFeatures.ColumnNames, Array.ConvertAll(asked, frame => MetadataFeatures.Of(frame.Record))),
        ];

        ValidationScores Score(string name, IReadOnlyList<string> columns, float[][] features)
        {
            LabelledFeatures[] Rows(SplitRole role) =>
                [.. Enumerable.Range(0, asked.Length).Where(i => asked[i].Role == role)
                .Select(i => LabelledFeatures.Of(asked[i].Record, features[i]))];
            var (train, validation) = (Rows(SplitRole.Train), Rows(SplitRole.Validation));
            // LightGBM cannot even load columns that all stand still; nothing can be told from them.
            if (train.All(row => row.Features.AsSpan().SequenceEqual(train[0].Features))) return new ValidationScores(name,
                [.. validation.Select(row => FrameScore.Of(row, 0))]);
            // With few columns every tree sees them all.
            using var baseline = FrameDetector.Train(train, options with { ColumnShare = 1 }, columns);
            return new ValidationScores(name, baseline.Score(validation));
        }
    }
}

/// <summary>How the frames of a training's validation people were scored, by its detector or by a baseline beside it.</summary>
/// <param name="Name"><c>detector</c>, <c>trivial_pixels</c> or <c>metadata_only</c>.</param>
/// <param name="Frames">A row for every frame of the validation people, both classes.</param>
public sealed record ValidationScores(string Name, IReadOnlyList<FrameScore> Frames);
