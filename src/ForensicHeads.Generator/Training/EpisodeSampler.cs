namespace ForensicHeads.Generator.Training;

/// <summary>One episode: a video, K shots for the embedder and one different frame to generate.</summary>
public sealed record Episode(int Video, IReadOnlyList<int> Shots, int Target);

/// <summary>Draws the episodes of every step. A step's draw depends on seed and step alone, so a resumed run draws the same.</summary>
public sealed class EpisodeSampler
{
    private readonly FaceVideos data;
    private readonly int batch;
    private readonly int shots;
    private readonly long seed;
    private readonly int[] usable;

    /// <summary>Checks that there are videos with K + 1 frames.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public EpisodeSampler(FaceVideos data, int batch, int shots, long seed)
    {
        this.data = data;
        this.batch = batch;
        this.shots = shots;
        this.seed = seed;
        usable = Enumerable.Range(0, data.Videos).Where(video => data.Frames(video) > shots).ToArray();
        if (usable.Length == 0) throw new UserErrorException(
            $"No video has more than {shots} frames, which {shots} shots and one target need. Use longer videos or fewer --shots.");
    }

    /// <summary>The episodes of a step: different videos while there are enough; the target is never one of the shots.</summary>
    public Episode[] Draw(int step)
    {
        var random = new SeededRandom(seed, FormattableString.Invariant($"episode/{step}"));
        var order = random.Permutation(usable.Length);
        return Enumerable.Range(0, batch).Select(i =>
        {
            var video = usable[order[i % order.Length]];
            var picks = random.Permutation(data.Frames(video))[..(shots + 1)];
            return new Episode(video, picks[..shots], picks[shots]);
        }).ToArray();
    }
}
