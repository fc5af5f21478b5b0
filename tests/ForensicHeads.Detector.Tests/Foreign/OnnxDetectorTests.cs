namespace ForensicHeads.Detector.Tests.Foreign;

public class OnnxDetectorTests
{
    // Sums of a few dozen float32 products of about 0.01.
    private const double Tolerance = 1e-4;
    private const int Width = 4;
    private const int Height = 3;
    private static readonly float[][] Weights = TinyNetwork.Weights(3, 3 * Width * Height);
    private static readonly byte[] Planes = TinyNetwork.Write([3, Height, Width], Weights);
    private static readonly byte[] Interleaved = TinyNetwork.Write([Height, Width, 3], Weights);
    private static readonly DetectorFile File = TinyNetwork.Describe(Planes, Width, Height);
    private static readonly ForeignSample Frame = TinyNetwork.Frame(1, Width, Height);

    [Theory]
    [InlineData(TensorLayout.Nchw, ChannelOrder.Rgb)]
    [InlineData(TensorLayout.Nchw, ChannelOrder.Bgr)]
    [InlineData(TensorLayout.Nhwc, ChannelOrder.Rgb)]
    [InlineData(TensorLayout.Nhwc, ChannelOrder.Bgr)]
    public void Each_byte_goes_to_its_place_in_its_range(TensorLayout layout, ChannelOrder channels)
    {
        var model = layout == TensorLayout.Nchw ? Planes : Interleaved;
        var input = File.Input! with { Layout = layout, Channels = channels, Scale = 0.01, Mean = [0.1, 0.2, 0.3], Std = [0.5, 2, 4] };
        var file = File with { Input = input, Sha256 = Hashes.Of(model), Output = File.Output! with { Index = 2 } };
        var said = TinyNetwork.Score(file, model, Frame);
        Assert.Equal(Expected(Frame.Picture, input, 2), said[0]!.Value, Tolerance);
    }

    [Fact]
    public void A_wrong_scale_order_layout_or_index_changes_the_score()
    {
        var right = TinyNetwork.Score(File, Planes, Frame)[0]!.Value;
        DetectorFile[] wrong =
        [
            File with { Input = File.Input! with { Scale = 0.005 } },
            File with { Input = File.Input! with { Mean = [0.1, 0, 0] } },
            File with { Input = File.Input! with { Channels = ChannelOrder.Bgr } },
            File with { Output = File.Output! with { Index = 1 } },
        ];
        Assert.All(wrong, file => Assert.True(Math.Abs(TinyNetwork.Score(file, Planes, Frame)[0]!.Value - right) > 10 * Tolerance));
    }

    [Fact]
    public void The_sign_follows_the_class_that_the_numbers_rise_to()
    {
        var up = TinyNetwork.Score(File, Planes, Frame)[0]!.Value;
        var down = TinyNetwork.Score(File with { Output = File.Output! with { RisesTo = Label.Real } }, Planes, Frame)[0]!.Value;
        Assert.NotEqual(0, up);
        Assert.Equal(-up, down);
    }

    [Theory]
    [InlineData(new[] { 2f, 0, -1 }, 0)]
    [InlineData(new[] { 900f, -900, 3 }, 0)]
    [InlineData(new[] { 900f, -900, 3 }, 1)]
    public void A_logit_is_the_score_and_a_softmax_gives_log_odds_that_overflow_nowhere(float[] raw, int index)
    {
        var output = new DetectorOutput { Name = "y", Index = index, Activation = OutputActivation.Sigmoid, RisesTo = Label.Generated };
        Assert.Equal(raw[index], output.Score(raw));
        // log p − log(1 − p), with the class's number taken out of both.
        var others = raw.Where((_, i) => i != index).Select(value => (double)value).ToArray();
        var expected = raw[index] - others.Max() - Math.Log(others.Sum(value => Math.Exp(value - others.Max())));
        Assert.Equal(expected, (output with { Activation = OutputActivation.Softmax }).Score(raw)!.Value, 1e-9);
    }

    [Theory]
    [InlineData(float.NaN, OutputActivation.None)]
    [InlineData(float.PositiveInfinity, OutputActivation.Sigmoid)]
    [InlineData(float.NegativeInfinity, OutputActivation.None)]
    [InlineData(float.NaN, OutputActivation.Softmax)]
    [InlineData(float.PositiveInfinity, OutputActivation.Softmax)]
    public void A_number_that_is_not_finite_is_no_score(float number, OutputActivation activation)
    {
        var output = new DetectorOutput { Name = "y", Activation = activation, RisesTo = Label.Real };
        Assert.Null(output.Score([number, 1]));
        Assert.NotNull(output.Score([2, 1]));
    }

    [Fact]
    public void A_network_that_says_NaN_leaves_that_frame_alone_without_a_score()
    {
        // 0 · infinity of the first byte: NaN where it is 0, else infinite; both are no score.
        float[] weights = [float.PositiveInfinity, .. new float[(3 * Width * Height) - 1]];
        var model = TinyNetwork.Write([3, Height, Width], [weights, Weights[0]]);
        var file = TinyNetwork.Describe(model, Width, Height);
        Assert.Equal([null, null], TinyNetwork.Score(file, model, Frame, TinyNetwork.Frame(2, Width, Height)));
        var other = file with { Output = File.Output! with { Index = 1 } };
        Assert.NotNull(TinyNetwork.Score(other, model, Frame)[0]);
    }

    [Fact]
    public void Frames_of_several_clips_in_batches_get_what_each_gets_alone()
    {
        var clips = new[] { 5, 0, 1, 6 }.Select((count, clip) =>
            Enumerable.Range(0, count).Select(i => TinyNetwork.Frame((10 * clip) + i, Width, Height)).ToArray()).ToArray();
        using var detector = OnnxDetector.FromBytes(File, Planes);
        var said = detector.Score(clips, TestContext.Current.CancellationToken);
        Assert.Equal(clips.Select(clip => clip.Length), said.Select(clip => clip.Length));
        Assert.Equal(clips.SelectMany(clip => clip).Select(frame => TinyNetwork.Score(File, Planes, frame)[0]),
            said.SelectMany(clip => clip));
        var together = new IReadOnlyList<double?[]>[4];
        Parallel.For(0, 4, i => together[i] = detector.Score(clips, CancellationToken.None));
        Assert.All(together, one => Assert.Equal(said, one));
    }

    [Fact]
    public void A_batch_of_one_and_one_that_is_free_in_name_only_are_run_frame_by_frame()
    {
        ForeignSample[] frames = [.. Enumerable.Range(0, 3).Select(i => TinyNetwork.Frame(i, Width, Height))];
        var expected = TinyNetwork.Score(File, Planes, frames);
        var one = TinyNetwork.Write([3, Height, Width], Weights, model => TinyNetwork.Sides(model)[0].DimValue = 1);
        Assert.Equal(expected, TinyNetwork.Score(File with { Sha256 = Hashes.Of(one) }, one, frames));
        var shape = new long[] { 1, 3, 1, 1 };
        var stiff = TinyNetwork.Write([3, Height, Width], Weights, model => model.Graph.Initializer.Single(part => part.Name == "shape")
            .RawData = Google.Protobuf.ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(shape.AsSpan())));
        Assert.Equal(expected, TinyNetwork.Score(File with { Sha256 = Hashes.Of(stiff) }, stiff, frames));
    }

    [Fact]
    public void A_call_that_is_cancelled_stops()
    {
        using var detector = OnnxDetector.FromBytes(File, Planes);
        Assert.Throws<OperationCanceledException>(() => detector.Score([[Frame]], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Its_hash_follows_the_description_and_the_network()
    {
        static string Hash(DetectorFile file, byte[] model)
        {
            using var detector = OnnxDetector.FromBytes(file, model);
            return detector.Sha256;
        }

        var again = TinyNetwork.Write([3, Height, Width], TinyNetwork.Weights(4, 3 * Width * Height));
        Assert.Equal(Hash(File, Planes), Hash(File with { }, Planes));
        Assert.Equal(3, new[] { Hash(File, Planes), Hash(File with { Crop = new DetectorCrop { Of = CropOf.Face, Margin = 2 } }, Planes),
            Hash(TinyNetwork.Describe(again, Width, Height), again) }.Distinct().Count());
    }

    private static double Expected(RgbImage picture, DetectorInput input, int output)
    {
        double sum = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var level = picture[x, y][input.Channels == ChannelOrder.Rgb ? c : 2 - c];
                    var value = ((level * input.Scale) - input.Mean[c]) / input.Std[c];
                    sum += value * Weights[output][input.Layout == TensorLayout.Nchw ? (((c * Height) + y) * Width) + x
                        : (((y * Width) + x) * 3) + c];
                }
            }
        }

        return sum;
    }
}
