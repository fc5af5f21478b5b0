namespace ForensicHeads.Generator.Training;

/// <summary>The same few people at every point of a training: shots, driver, truth, feed-forward frame, the same under somebody else's
/// ê.</summary>
public sealed class SampleGrid
{
    /// <summary>Height of the line that names the columns, pixels.</summary>
    internal const int LabelHeight = 14;

    private const int People = 6;
    private const int ShotsShown = 3;
    private readonly FaceVideos data;
    private readonly int shots;
    private readonly int[] videos;

    /// <summary>Chooses people evenly, a video of each; a video of one frame has a shot but no driver, and is left out.</summary>
    /// <param name="data">Whom to show.</param>
    /// <param name="shots">Shots that the embedder sees; fewer where a video is short.</param>
    /// <param name="mayShow">Who may be generated, driven by others too; null for everybody.</param>
    /// <exception cref="UserErrorException">No video has two frames.</exception>
    public SampleGrid(FaceVideos data, int shots, Func<string, bool>? mayShow = null)
    {
        this.data = data;
        this.shots = shots;
        var usable = Enumerable.Range(0, data.Videos)
            .Where(video => data.Frames(video) >= 2 && mayShow?.Invoke(data.Person(video)) != false).DistinctBy(data.Person).ToArray();
        if (usable.Length == 0) throw new UserErrorException(
            $"None of the {data.Videos} held-out videos has 2 frames or more, a shot and a driver. Hold out longer videos, or take "
            + "--held-out and --max-frames away.");
        var rows = Math.Min(People, usable.Length);
        videos = [.. Enumerable.Range(0, rows).Select(row => usable[row * usable.Length / rows])];
    }

    /// <summary>Hash of the data that the people are taken from.</summary>
    public string DataHash => data.Hash;

    /// <summary>Draws a row a person, under a line of labels: the first shots, the driving landmarks, the true frame, the feed-forward
    /// frame, the same with the next row's ê, unless one person is shown alone.</summary>
    public SampleDrawing Draw(GeneratorWeights weights)
    {
        var generator = new FewShotGenerator(weights, new AdaptOptions { Mode = Mode.Ff });
        var shown = Math.Min(ShotsShown, videos.Min(video => Shots(video).Length));
        string[] labels =
            [.. Enumerable.Range(1, shown).Select(i => $"shot {i}"), "driver", "truth", "output", .. videos.Length > 1 ? ["swapped"]
            : Array.Empty<string>()];
        var size = data.Size;
        var canvas = new RgbImage(size * labels.Length, LabelHeight + (size * videos.Length));
        Paste(canvas, LabelStrip.Draw(labels, size, LabelHeight), 0, 0);
        var heads = new List<ITalkingHead>();
        var change = new SwapChange();
        try
        {
            foreach (var video in videos) heads.Add(generator.Adapt(Shots(video), null, CancellationToken.None));
            for (var row = 0; row < videos.Length; row++)
            {
                var video = videos[row];
                var last = data.Frames(video) - 1;
                var driver = data.Landmarks(video, last);
                var truth = new RgbImage(size, size, data.Pixels(video, last));
                var own = heads[row].Render([driver])[0];
                List<RgbImage> cells =
                    [.. Shots(video).Take(shown).Select(shot => shot.Image), LandmarkRaster.Draw(driver, size), truth, own];
                if (videos.Length > 1)
                {
                    var swapped = heads[(row + 1) % videos.Length].Render([driver])[0];
                    change.Add(truth, own, swapped);
                    cells.Add(swapped);
                }

                for (var column = 0; column < cells.Count; column++) Paste(canvas, cells[column], column * size,
                    LabelHeight + (row * size));
            }
        }
        finally
        {
            foreach (var head in heads) head.Dispose();
        }

        return new SampleDrawing(ImageCodec.EncodePng(canvas), canvas.Width, canvas.Height, videos.Length > 1 ? change.Relative : null);
    }

    private Shot[] Shots(int video)
    {
        var count = Math.Min(shots, data.Frames(video) - 1);
        return Enumerable.Range(0, count)
            .Select(i => new Shot(new RgbImage(data.Size, data.Size, data.Pixels(video, i)), data.Landmarks(video, i))).ToArray();
    }

    private static void Paste(RgbImage canvas, RgbImage cell, int x, int y)
    {
        for (var row = 0; row < cell.Height; row++)
        {
            cell.Pixels.AsSpan(row * cell.Width * 3, cell.Width * 3).CopyTo(canvas.Pixels.AsSpan((((y + row) * canvas.Width) + x) * 3));
        }
    }
}

/// <summary>A drawn sample grid and what it measures.</summary>
/// <param name="Png">The picture.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="SwapChange">
/// Mean |G(y_i, ê_i) − G(y_i, ê_j)| over the people of the grid, divided by the standard deviation of their true frames' values: near 0
/// where ê is ignored. Null where the grid shows one person alone.
/// </param>
public sealed record SampleDrawing(byte[] Png, int Width, int Height, double? SwapChange);

/// <summary>Mean absolute change of frames under another person's ê, by the standard deviation of the true frames' values.</summary>
internal sealed class SwapChange
{
    private long values;
    private long difference;
    private long sum;
    private long squares;

    /// <summary>The change so far; null before the first frame, and for frames of one single value.</summary>
    public double? Relative
    {
        get
        {
            var mean = (double)sum / values;
            var deviation = Math.Sqrt(((double)squares / values) - (mean * mean));
            return deviation > 0 ? (double)difference / values / deviation : null;
        }
    }

    /// <summary>Takes one person's frames in, in whole grey levels, so that the order of adding changes nothing.</summary>
    public void Add(RgbImage truth, RgbImage own, RgbImage swapped)
    {
        values += truth.Pixels.Length;
        for (var i = 0; i < truth.Pixels.Length; i++)
        {
            difference += Math.Abs(own.Pixels[i] - swapped.Pixels[i]);
            sum += truth.Pixels[i];
            squares += truth.Pixels[i] * truth.Pixels[i];
        }
    }
}
