namespace ForensicHeads.Detector.Features;

/// <summary>Measures many pictures on all cores.</summary>
public static class FeatureExtractor
{
    private const int ReportEvery = 64;

    /// <summary>Measures pictures 0 … <paramref name="count"/> − 1. The result does not depend on the number of cores.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="image">Gives picture i, of the layout's size; called from several threads at once, once for each i.</param>
    /// <param name="layout">Families and size.</param>
    /// <param name="progress">Told the number of finished frames, every 64 frames and at the end.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <returns>float32[count][layout.Length].</returns>
    /// <exception cref="UserErrorException">A picture of another size; the message names its number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static float[][] Extract(
        int count,
        Func<int, RgbImage> image,
        FeatureLayout layout,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default) => Extract(count, image, null, layout, progress, cancellation);

    /// <summary>As above, with the picture before each one, which families of pairs see.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="image">Gives picture i.</param>
    /// <param name="before">Gives the picture before picture i; null where there is none.</param>
    /// <param name="layout">Families and size.</param>
    /// <param name="progress">Told the number of finished frames.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <inheritdoc cref="Extract(int, Func{int, RgbImage}, FeatureLayout, IProgress{StepProgress}, CancellationToken)"/>
    public static float[][] Extract(int count, Func<int, RgbImage> image, Func<int, RgbImage?>? before, FeatureLayout layout,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(layout);
        var rows = new float[count][];
        var done = 0;
        ParallelLoop.Run(
            count,
            i =>
            {
                var row = new float[layout.Length];
                Measure(i, image, layout, before, row);
                rows[i] = row;
                var finished = Interlocked.Increment(ref done);
                if (finished % ReportEvery == 0 || finished == count)
                    progress?.Report(new StepProgress("features", finished, count, "frames"));
            },
            cancellation);
        return rows;
    }

    private static void Measure(int i, Func<int, RgbImage> image, FeatureLayout layout, Func<int, RgbImage?>? before, float[] row)
    {
        try
        {
            var picture = image(i);
            layout.Compute(picture, row);
            if (layout.HasPairs && before?.Invoke(i) is { } earlier) layout.ComputePair(earlier, picture, row);
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException($"Frame number {i}: {error.Message}", error.ExitCode, error);
        }
    }
}
