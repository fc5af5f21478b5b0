namespace ForensicHeads.Detector.Tests.Foreign;

public class ClipTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(7, 3, 1, "0:0+3 3:3+3 4:6+1")]
    [InlineData(6, 3, 1, "0:0+3 3:3+3")]
    [InlineData(3, 3, 1, "0:0+3")]
    [InlineData(2, 3, 1, "")]
    [InlineData(0, 3, 1, "")]
    [InlineData(11, 3, 2, "0:0+5 5:5+5 6:10+1")]
    [InlineData(4, 3, 2, "")]
    public void Windows_follow_each_other_and_the_last_is_shifted_back(int frames, int size, int every, string windows) =>
        Assert.Equal(windows, string.Join(' ', ClipWindow.Of(0, frames, new DetectorClip { Frames = size, Every = every, Axis = 1 })
            .Select(window => $"{window.First}:{window.From}+{window.Count}")));

    [Theory]
    [InlineData(TensorLayout.Nchw, 1)]
    [InlineData(TensorLayout.Nchw, 2)]
    [InlineData(TensorLayout.Nchw, 4)]
    [InlineData(TensorLayout.Nhwc, 1)]
    [InlineData(TensorLayout.Nhwc, 3)]
    public void Each_frame_of_a_window_stands_at_its_place_on_the_axis(TensorLayout layout, int axis)
    {
        const int side = 2, count = 3, every = 2;
        List<int> sides = layout == TensorLayout.Nchw ? [3, side, side] : [side, side, 3];
        sides.Insert(axis - 1, count);
        var weights = TinyNetwork.Weights(1, sides.Aggregate((a, b) => a * b));
        var model = TinyNetwork.Write([.. sides], weights);
        var file = TinyNetwork.Describe(model, side, side);
        file = file with
        {
            Input = file.Input! with { Layout = layout },
            Clip = new DetectorClip { Frames = count, Every = every, Axis = axis },
        };
        ForeignSample[] frames = [.. Enumerable.Range(0, 7).Select(i => TinyNetwork.Frame(i, side, side))];
        var said = TinyNetwork.Score(file, model, frames);
        Assert.All(said[..5], score => Assert.Equal(Expected(0), score!.Value, Tolerance));
        Assert.All(said[5..], score => Assert.Equal(Expected(2), score!.Value, Tolerance));
        Assert.True(Math.Abs(Expected(0) - Expected(2)) > 10 * Tolerance);
        Assert.Equal([null, null, null, null], TinyNetwork.Score(file, model, frames[..4]));

        double Expected(int first)
        {
            double sum = 0;
            var place = new int[4];
            for (var i = 0; i < weights[0].Length; i++)
            {
                for (int k = 3, rest = i; k >= 0; rest /= sides[k--]) place[k] = rest % sides[k];
                var rows = place.Where((_, k) => k != axis - 1).ToArray();
                var (channel, y, x) = layout == TensorLayout.Nchw ? (rows[0], rows[1], rows[2]) : (rows[2], rows[0], rows[1]);
                sum += weights[0][i] * frames[first + (every * place[axis - 1])].Picture[x, y][channel] / 255;
            }

            return sum;
        }
    }

    [Fact]
    public void The_score_of_a_clip_leaves_out_frames_without_one()
    {
        double?[] frames = [3, null, 1, 8, null, 2];
        Assert.Equal((3.5, 2.5, 8), (ClipAverage.Mean.Of(frames), ClipAverage.Median.Of(frames), ClipAverage.Max.Of(frames)));
        Assert.Equal(2, ClipAverage.Median.Of([3, 1, 2]));
        Assert.All(Enum.GetValues<ClipAverage>(), average => Assert.Null(average.Of([null, null])));
    }
}
