using ForensicHeads.Foundation;
using ForensicHeads.Generator.Frames;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Media;

namespace ForensicHeads.Generator.Training;

/// <summary>The same few people at every point of a training: shot, driver, feed-forward frame, truth.</summary>
public sealed class SampleGrid
{
    private const int People = 6;
    private const int Columns = 5;
    private readonly EpisodeData data;
    private readonly int shots;
    private readonly int[] usable;

    /// <summary>Chooses people evenly from held-out data; a video of one frame has a shot but no driver, and is left out.</summary>
    /// <exception cref="UserErrorException">No video has two frames.</exception>
    public SampleGrid(EpisodeData data, int shots)
    {
        this.data = data;
        this.shots = shots;
        usable = [.. Enumerable.Range(0, data.Videos).Where(video => data.Frames(video) >= 2)];
        if (usable.Length == 0) throw new UserErrorException($"None of the {data.Videos} held-out videos has 2 frames or more, a shot and a driver. Hold out longer videos, or take --held-out and --max-frames away.");
    }

    /// <summary>Writes rows of: first shot, driving landmarks, feed-forward frame, the same with the next row's ê, truth.</summary>
    public void Draw(GeneratorWeights weights, string path)
    {
        var generator = new FewShotGenerator(weights, new AdaptOptions { Mode = AdaptMode.Ff });
        var size = data.Size;
        var rows = Math.Min(People, usable.Length);
        var heads = new List<ITalkingHead>();
        var canvas = new RgbImage(size * Columns, size * rows);
        try
        {
            for (var row = 0; row < rows; row++) heads.Add(generator.Adapt(Shots(Video(row, rows)), null, CancellationToken.None));
            for (var row = 0; row < rows; row++)
            {
                var video = Video(row, rows);
                var last = data.Frames(video) - 1;
                var driver = data.Landmarks(video, last);
                RgbImage[] cells =
                [
                    new(size, size, data.Pixels(video, 0)), LandmarkRaster.Draw(driver, size), heads[row].Render([driver])[0], heads[(row + 1) % rows].Render([driver])[0],
                    new(size, size, data.Pixels(video, last)),
                ];
                for (var column = 0; column < Columns; column++) Paste(canvas, cells[column], column * size, row * size);
            }
        }
        finally
        {
            foreach (var head in heads) head.Dispose();
        }

        AtomicFile.WriteBytes(path, ImageCodec.EncodePng(canvas));
    }

    private int Video(int row, int rows) => usable[row * usable.Length / rows];

    private Shot[] Shots(int video)
    {
        var count = Math.Min(shots, data.Frames(video) - 1);
        return Enumerable.Range(0, count).Select(i => new Shot(new RgbImage(data.Size, data.Size, data.Pixels(video, i)), data.Landmarks(video, i))).ToArray();
    }

    private static void Paste(RgbImage canvas, RgbImage cell, int x, int y)
    {
        for (var row = 0; row < cell.Height; row++)
        {
            cell.Pixels.AsSpan(row * cell.Width * 3, cell.Width * 3).CopyTo(canvas.Pixels.AsSpan((((y + row) * canvas.Width) + x) * 3));
        }
    }
}
