namespace ForensicHeads.Detector.Tests.Foreign;

public class RampCheckTests
{
    private const int Side = 4;
    private const double PerLevel = 1 / 255.0;
    private static readonly float[][] Weights = TinyNetwork.Weights(2, 3 * Side * Side);
    private static readonly byte[] Planes = TinyNetwork.Write([3, Side, Side], Weights);

    // Which order its axes have nobody can see from such a graph.
    private static readonly byte[] Free = TinyNetwork.Write([Side, Side, 3], Weights, model =>
    {
        foreach (var side in TinyNetwork.Sides(model)) side.DimParam = "any";
    });

    [Fact]
    public void The_ramp_is_the_documented_picture()
    {
        using var detector = Open(Planes, Input(), Expected(Input(), 0));
        using var list = Open(Planes, Input(), Expected(Input(), 0), Expected(Input(), 1));
        // Up to a thousandth, relative above 1.
        using var near = Open(Planes, Input(), Expected(Input(), 0) + 0.0009);
        Refused(Open(Planes, Input), Expected(Input(), 0) + 0.0011, "no usual scale, channel order or layout makes it agree");
    }

    [Fact]
    public void Of_windows_each_frame_is_another()
    {
        var clip = new DetectorClip { Frames = 2, Axis = 1 };
        var weights = TinyNetwork.Weights(1, 2 * 3 * Side * Side);
        var model = TinyNetwork.Write([2, 3, Side, Side], weights);
        double sum = 0;
        for (var i = 0; i < weights[0].Length; i++)
        {
            var (frame, channel, y, x) = (i / (3 * Side * Side), i / (Side * Side) % 3, i / Side % Side, i % Side);
            sum += weights[0][i] * PerLevel * ((((channel + 1) * x) + (2 * y) + (85 * channel) + (7 * frame)) % 256);
        }

        var file = TinyNetwork.Describe(model, Side, Side) with { Clip = clip, Check = Check(sum) };
        OnnxDetector.FromBytes(file, model).Dispose();
        Assert.Throws<UserErrorException>(() => OnnxDetector.FromBytes(file with { Check = Check(sum + 0.1) }, model));
    }

    [Fact]
    public void A_wrong_scale_is_named()
    {
        Refused(Open(Planes, () => Input() with { Scale = 1 }), Expected(Input(), 0),
            "with scale 0.00392156862745098, mean [0, 0, 0], std [1, 1, 1] it would agree");
        Refused(Open(Planes, Input), Expected(Input() with { Scale = 1 }, 0), "with scale 1, mean [0, 0, 0], std [1, 1, 1] it would agree");
        var imageNet = Input() with { Mean = [0.485, 0.456, 0.406], Std = [0.229, 0.224, 0.225] };
        Refused(Open(Planes, Input), Expected(imageNet, 0), "mean [0.485, 0.456, 0.406], std [0.229, 0.224, 0.225] it would agree");
    }

    [Fact]
    public void A_wrong_channel_order_is_named() =>
        Refused(Open(Planes, Input), Expected(Input() with { Channels = ChannelOrder.Bgr }, 0), "with channels bgr it would agree");

    [Fact]
    public void A_wrong_layout_is_named_where_the_graph_takes_both()
    {
        // Only the product of the sides counts in this graph, so both layouts run.
        Refused(Open(Free, Input), Expected(Input() with { Layout = TensorLayout.Nhwc }, 0), "with layout nhwc it would agree");
        Refused(Open(Free, Input), Expected(Input() with { Layout = TensorLayout.Nhwc, Channels = ChannelOrder.Bgr }, 0),
            "with channels bgr and layout nhwc it would agree");
    }

    private static DetectorInput Input() => TinyNetwork.Describe([], Side, Side).Input!;

    private static DetectorCheck Check(params double[] output) => new() { Input = CheckPicture.Ramp, Output = output };

    private static OnnxDetector Open(byte[] model, DetectorInput input, params double[] output) =>
        OnnxDetector.FromBytes(TinyNetwork.Describe(model, Side, Side) with { Input = input, Check = Check(output) }, model);

    private static Func<double, OnnxDetector> Open(byte[] model, Func<DetectorInput> input) => output => Open(model, input(), output);

    private static void Refused(Func<double, OnnxDetector> open, double output, string words)
    {
        var error = Assert.Throws<UserErrorException>(() => open(output));
        Assert.Contains("check.output is [", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static double Expected(DetectorInput input, int output)
    {
        double sum = 0;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var channel = input.Channels == ChannelOrder.Rgb ? c : 2 - c;
                    var value = ((((((channel + 1) * x) + (2 * y) + (85 * channel)) % 256) * input.Scale) - input.Mean[c]) / input.Std[c];
                    sum += value * Weights[output][input.Layout == TensorLayout.Nchw ? (((c * Side) + y) * Side) + x
                        : (((y * Side) + x) * 3) + c];
                }
            }
        }

        return sum;
    }
}
