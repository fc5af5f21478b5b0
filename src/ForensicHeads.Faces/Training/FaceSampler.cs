namespace ForensicHeads.Faces.Training;

/// <summary>Draws training frames, each with a random stream of its own, so that drawing on several cores changes nothing.</summary>
internal sealed class FaceSampler(FaceVideos data, string name, long seed)
{
    /// <summary>Draws a batch: a random video and frame of it each, made into an example.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="batch">How many.</param>
    /// <param name="make">Video number, place in the batch, frame and stream to an example.</param>
    public T[] Draw<T>(int step, int batch, Func<int, int, Shot, SeededRandom, T> make)
    {
        var result = new T[batch];
        Parallel.For(0, batch, i =>
        {
            var random = new SeededRandom(seed, FormattableString.Invariant($"{name}/{step}/{i}"));
            var video = random.NextInt(data.Videos);
            var frame = random.NextInt(data.Frames(video));
            result[i] = make(video, i, Shot(data, video, frame), random);
        });
        return result;
    }

    /// <summary>Draws so many different people, each twice: all of them from one of their videos, then all, in the same order, from another
    /// (the same where they have one).</summary>
    /// <param name="people">Videos of each person.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="count">How many people, at most all.</param>
    /// <param name="make">Frame and stream to an example.</param>
    public T[] DrawPairs<T>(int[][] people, int step, int count, Func<Shot, SeededRandom, T> make)
    {
        var order = new SeededRandom(seed, FormattableString.Invariant($"{name}/{step}")).Permutation(people.Length);
        var result = new T[2 * count];
        Parallel.For(0, count, i =>
        {
            var random = new SeededRandom(seed, FormattableString.Invariant($"{name}/{step}/{i}"));
            var videos = people[order[i]];
            var first = random.NextInt(videos.Length);
            var second = (first + 1 + random.NextInt(Math.Max(1, videos.Length - 1))) % videos.Length;
            result[i] = make(Shot(data, videos[first], random.NextInt(data.Frames(videos[first]))), random);
            result[count + i] = make(Shot(data, videos[second], random.NextInt(data.Frames(videos[second]))), random);
        });
        return result;
    }

    /// <summary>A frame of the data; its pixels are not copied.</summary>
    public static Shot Shot(FaceVideos data, int video, int frame) =>
        new(new RgbImage(data.Size, data.Size, data.Pixels(video, frame)), data.Landmarks(video, frame));

    /// <summary>All frames of a video.</summary>
    public static Shot[] Video(FaceVideos data, int video) =>
        [.. Enumerable.Range(0, data.Frames(video)).Select(frame => Shot(data, video, frame))];
}
