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

    /// <summary>Chooses people evenly from held-out data.</summary>
    public SampleGrid(EpisodeData data, int shots)
    {
        this.data = data;
        this.shots = shots;
    }

    /// <summary>Writes rows of: first shot, driving landmarks, feed-forward frame, the same with the next row's ê, truth.</summary>
    public void Draw(GeneratorWeights weights, string path)
    {
        var generator = new FewShotGenerator(weights, new AdaptOptions { Mode = AdaptMode.Ff });
        var size = data.Size;
        var rows = Math.Min(People, data.Videos);
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

    private int Video(int row, int rows) => row * data.Videos / rows;

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
