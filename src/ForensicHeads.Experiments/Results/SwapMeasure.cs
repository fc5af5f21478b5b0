namespace ForensicHeads.Experiments.Results;

/// <summary>Measures what swapping ê between two people does to the face.</summary>
internal static class SwapMeasure
{
    public static EmbeddingSwap? Of(IReadOnlyList<Fold> folds, IReadOnlyList<ExperimentFrame> frames)
    {
        var pairs = folds.SelectMany(fold =>
            fold.Roles.Keys.Order(StringComparer.Ordinal).Select(person => (Person: person, Other: SwapPartner.Of(fold, person))))
            .Where(pair => pair.Other is not null).ToArray();
        var measured = pairs.Select(pair => Pair(frames, pair.Person, pair.Other!)).OfType<double[]>().ToArray();
        if (measured.Length == 0) return null;
        double Mean(int column) => measured.Average(row => row[column]);
        return new EmbeddingSwap(measured.Length, Mean(0), Mean(1), Mean(2), Mean(3), measured.Average(row => row[3] > row[2] ? 1.0 : 0));
    }

    private static double[]? Pair(IReadOnlyList<ExperimentFrame> frames, string person, string other)
    {
        var own = frames.Where(frame => frame.Record.Identity == person && !frame.Origin.Is<SwappedEmbedding>()).ToArray();
        var truth = own.Where(frame => frame.IsReal).ToDictionary(frame => frame.Driver, StringComparer.Ordinal);
        var others = frames.Where(frame => frame.IsReal && frame.Record.Identity == other).ToArray();
        var most = own.Where(frame => frame.Origin.Method == Method.Ff).Select(frame => frame.Origin.Shots).DefaultIfEmpty(null).Max();
        var straight = own.Where(frame =>
            frame.Origin.Method == Method.Ff && frame.Origin.Shots == most && frame.Origin.Draw == 0).ToArray();
        var videos = truth.Values.Select(frame => frame.Record.Video).ToHashSet(StringComparer.Ordinal);
        var swapped = frames.Where(frame => frame.Origin.Is<SwappedEmbedding>() && frame.Record.Identity == other
            && videos.Contains(frame.Record.DriverVideo!)).ToArray();
        if (straight.Length == 0 || swapped.Length == 0 || others.Length == 0) return null;
        double ToSelf(ExperimentFrame[] made) =>
            made.Average(frame => ImageSimilarity.Ssim(frame.Read(), truth[frame.Driver].Read()));
        double ToOther(ExperimentFrame[] made) =>
            made.Average(frame => ImageSimilarity.Ssim(frame.Read(), Nearest(others, frame.Record.Landmarks).Read()));
        return [ToSelf(straight), ToOther(straight), ToSelf(swapped), ToOther(swapped)];
    }

    private static ExperimentFrame Nearest(ExperimentFrame[] frames, Landmarks68 landmarks) =>
        frames.MinBy(frame => frame.Record.Landmarks.Values.Zip(landmarks.Values, (a, b) => (a - b) * (a - b)).Sum())!;
}
