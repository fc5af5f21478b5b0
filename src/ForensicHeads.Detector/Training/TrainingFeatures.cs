using System.Globalization;

namespace ForensicHeads.Detector.Training;

/// <summary>The rows of a training with the families that measured them: pictures, tracks, and the network that this training
/// taught.</summary>
/// <remarks>Rows of training people that a trained family gives come from networks that never saw the person
/// (<see cref="TrainedFamilyEntry.Teach"/>); everybody else's come from the network that is kept.</remarks>
internal sealed class TrainingFeatures : IDisposable
{
    // Decoding a picture costs more than a step spends on it; beyond this they are read from the stores each time.
    private const long BytesKept = 512L << 20;

    private TrainingFeatures(FeatureLayout layout, float[][] rows) => (Layout, Rows) = (layout, rows);

    /// <summary>Families and columns; the trained one stands last.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>float32[frames][columns].</summary>
    public float[][] Rows { get; }

    /// <summary>Measures all families, and teaches the network where one is named.</summary>
    /// <param name="request">The training.</param>
    /// <param name="families">Their names.</param>
    /// <param name="size">Side of the pictures in pixels.</param>
    /// <param name="frames">Frames of the three roles.</param>
    /// <param name="spool">Keeps what was measured on pictures for a run that takes this one up.</param>
    /// <param name="notes">Takes what the user should know.</param>
    /// <param name="progress">Frames and steps.</param>
    /// <param name="cancellation">Stops between two of them.</param>
    public static TrainingFeatures Measure(
        TrainingRequest request, IReadOnlyList<string> families, int size, IReadOnlyList<StoreFrame> frames, FeatureSpool spool,
            List<string> notes, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var trained = FeatureFamilies.TrainedOf(families);
        string[] plain = [.. families.Where(name => name != trained?.Name)];
        var shared = plain.Length == 0 ? null : FeatureLayout.Of(plain, size, []);
        var rows = shared is null ? [.. frames.Select(_ => Array.Empty<float>())] : spool.Extract(shared, frames, progress, cancellation);
        if (shared is { HasTracks: true }) SetTracks(shared, request.Landmarks!, frames, rows, notes, progress, cancellation);
        if (trained is null) return new TrainingFeatures(shared!, rows);

        TrainingFrame[] pictures = [.. frames.Select(Pictures(frames.Count, size))];
        int[] Of(SplitRole role) => [.. Enumerable.Range(0, frames.Count).Where(i => frames[i].Role == role)];
        var (train, others) =
            (Of(SplitRole.Train), Enumerable.Range(0, frames.Count).Where(i => frames[i].Role != SplitRole.Train).ToArray());
        TrainingFrame[] validation = [.. Of(SplitRole.Validation).Select(i => pictures[i])];
        if (validation.All(frame => frame.Generated) || validation.All(frame => !frame.Generated)) validation = [];
        var learnt = trained.Teach(
            [.. train.Select(i => pictures[i])], validation, request.Network with { Seed = request.Options.Seed }, request.NetworkFolds,
                request.Compute, progress, cancellation);
        var aucs = learnt.FoldAucs.Select(auc => auc?.ToString("0.000", CultureInfo.InvariantCulture) ?? "undefined");
        notes.Add($"{trained.Name}: AUC {string.Join(", ", aucs)} on the training people left out of each fold's network");
        var measured = trained.Measure(learnt.Network, [.. others.Select(i => pictures[i])], cancellation);
        for (var i = 0; i < train.Length; i++) rows[train[i]] = [.. rows[train[i]], .. learnt.Rows[i]];
        for (var i = 0; i < others.Length; i++) rows[others[i]] = [.. rows[others[i]], .. measured[i]];
        return new TrainingFeatures(FeatureLayout.Of(
            [.. plain, trained.Name], size, [trained.Open(learnt.Network.Model.Bytes, trained.FileName)]), rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var family in Layout.FileFamilies) family.Dispose();
    }

    private static Func<StoreFrame, TrainingFrame> Pictures(int count, int size) => frame =>
    {
        var kept = count * 3L * size * size <= BytesKept ? new Lazy<RgbImage>(() => frame.Read(size)) : null;
        return TrainingFrame.Of(frame.Record, () => kept?.Value ?? frame.Read(size));
    };

    // A copy takes the track of its clip: its frames may be changed each in another way, so that they make no track of their own.
    private static void SetTracks(
        FeatureLayout layout, ILandmarkFinder finder, IReadOnlyList<StoreFrame> frames, float[][] rows, List<string> notes,
            IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var tracks = Enumerable.Range(0, frames.Count).GroupBy(i => Track(frames[i].CopyOf ?? frames[i])).ToArray();
        var whole = tracks.Select(track => track.Key.Store).Distinct()
            .ToDictionary(store => store, store => store.Frames.ToLookup(record => Track(store, record)));
        var (done, unknown) = (0, 0);
        foreach (var track in tracks)
        {
            cancellation.ThrowIfCancellationRequested();
            // All frames of the track, those too that no row is made of: its rate must be that of the footage.
            var records = whole[track.Key.Store][track.Key].OrderBy(record => record.FrameNumber).ToArray();
            var samples = new List<LandmarkSample>();
            foreach (var part in records.Chunk(64))
                samples.AddRange(TrackSamples.Find(
                    finder, [.. part.Select(track.Key.Store.ReadImage)], [.. part.Select(record => record.TimeS)]));
            var values = layout.MeasureTrack(samples);
            if (float.IsNaN(values[0])) unknown++;
            foreach (var i in track) layout.SetTrack(rows[i], values);
            progress?.Report(new StepProgress("landmarks", ++done, tracks.Length, "tracks"));
        }

        if (unknown > 0) notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"landmarks: {unknown} of {tracks.Length} tracks are too short, or their faces were not found again; their rows take the "
            + $"training mean"));
    }

    private static (FrameStore Store, string, string, int, FrameOrigin) Track(StoreFrame frame) => Track(frame.Store, frame.Record);

    private static (FrameStore Store, string, string, int, FrameOrigin) Track(FrameStore store, FrameRecord record) =>
        (store, record.Identity, record.Video, record.Track, record.Origin);
}
