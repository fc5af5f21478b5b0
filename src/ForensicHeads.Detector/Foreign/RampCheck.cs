namespace ForensicHeads.Detector.Foreign;

/// <summary>Runs a network on <see cref="CheckPicture.Ramp"/>, and looks for the mistake where it says something else than it
/// should.</summary>
internal static class RampCheck
{
    /// <summary>Most that a number may differ, absolutely, and relatively where it is above 1.</summary>
    private const double Tolerance = 1e-3;

    private const double PerLevel = 1 / 255.0;

    // Ranges that are usual: bytes, 0 … 1, −1 … 1, and that of ImageNet.
    private static readonly (double Scale, double[] Mean, double[] Std)[] Ranges =
    [
        (1, [0, 0, 0], [1, 1, 1]),
        (PerLevel, [0, 0, 0], [1, 1, 1]),
        (PerLevel, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]),
        (PerLevel, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ];

    /// <summary>The output's numbers for the ramp.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">How the ramp is scaled and ordered.</param>
    /// <param name="clip">The windows, or null.</param>
    /// <param name="count">How many ramps at once.</param>
    /// <exception cref="UserErrorException">The network does not run.</exception>
    public static float[] Run(OnnxNetwork network, DetectorInput input, DetectorClip? clip, int count = 1)
    {
        var tensor = new PictureTensor(input, clip);
        var values = new float[count * tensor.Length];
        for (var i = 0; i < count; i++)
        {
            for (var frame = 0; frame < (clip?.Frames ?? 1); frame++)
                tensor.Fill(Ramp(input, frame), frame, values.AsSpan(i * tensor.Length, tensor.Length));
        }

        return network.Run(values, count, tensor.Sides);
    }

    /// <summary>Throws where a network says something else than its file promises.</summary>
    /// <param name="network">The network.</param>
    /// <param name="file">The file.</param>
    /// <param name="said">What the network says of the ramp.</param>
    /// <exception cref="UserErrorException">It does; the message names a scale, channel order or layout with which it would
    /// agree.</exception>
    public static void Check(OnnxNetwork network, DetectorFile file, float[] said)
    {
        if (file.Check is not { } check || Agrees(said, check.Output, file.Output!)) return;
        var numbers = check.Output.Count == 1 ? [said[file.Output!.Index]] : said;
        var remedy = Others(file.Input!).FirstOrDefault(other => Agrees(network, other.Input, file)).Words
            ?? "no usual scale, channel order or layout makes it agree";
        throw new UserErrorException(
            $"{file.Source}: check.output is {DetectorFileCheck.List(check.Output)}, and the network says "
            + $"{DetectorFileCheck.List(numbers.Select(value => (double)value))} of the ramp; {remedy}. Correct the file.", exitCode: 2);
    }

    private static RgbImage Ramp(DetectorInput input, int frame)
    {
        var ramp = new RgbImage(input.Width, input.Height);
        for (var y = 0; y < input.Height; y++)
        {
            for (var x = 0; x < input.Width; x++)
            {
                for (var channel = 0; channel < PictureTensor.Channels; channel++)
                    ramp[x, y][channel] = (byte)(((channel + 1) * x) + (2 * y) + (85 * channel) + (7 * frame));
            }
        }

        return ramp;
    }

    private static bool Agrees(float[] said, IReadOnlyList<double> wanted, DetectorOutput output) =>
        wanted.Count == 1 ? Near(said[output.Index], wanted[0])
            : said.Length == wanted.Count && said.Zip(wanted).All(pair => Near(pair.First, pair.Second));

    private static bool Near(double said, double wanted) => Math.Abs(said - wanted) <= Tolerance * Math.Max(1, Math.Abs(wanted));

    private static bool Agrees(OnnxNetwork network, DetectorInput input, DetectorFile file)
    {
        try
        {
            return Agrees(Run(network, input, file.Clip), file.Check!.Output, file.Output!);
        }
        catch (UserErrorException)
        {
            // A layout that the graph cannot take.
            return false;
        }
    }

    // One mistake goes before two of them.
    private static IEnumerable<(DetectorInput Input, string Words)> Others(DetectorInput input)
    {
        var orders = new[] { input.Channels, input.Channels == ChannelOrder.Rgb ? ChannelOrder.Bgr : ChannelOrder.Rgb };
        var layouts = new[] { input.Layout, input.Layout == TensorLayout.Nchw ? TensorLayout.Nhwc : TensorLayout.Nchw };
        var own = (input.Scale, Mean: (double[])[.. input.Mean], Std: (double[])[.. input.Std]);
        return from range in Ranges.Prepend(own).Index()
               from order in orders
               from layout in layouts
               let words = Words(range.Index > 0, range.Item, order != input.Channels ? order : null,
                   layout != input.Layout ? layout : null)
               where words.Length > 0
               orderby words.Length
               select (
                   input with
                   {
                       Channels = order,
                       Layout = layout,
                       Scale = range.Item.Scale,
                       Mean = range.Item.Mean,
                       Std = range.Item.Std,
                   },
                   $"with {string.Join(" and ", words)} it would agree");
    }

    private static string[] Words(bool isOther, (double Scale, double[] Mean, double[] Std) range, ChannelOrder? order,
        TensorLayout? layout)
    {
        var words = new List<string>();
        if (isOther) words.Add(FormattableString.Invariant($"scale {range.Scale}, mean {DetectorFileCheck.List(range.Mean)}, ")
            + $"std {DetectorFileCheck.List(range.Std)}");
        if (order is { } channels) words.Add($"channels {OptionCheck.Words(channels.ToString())}");
        if (layout is { } axes) words.Add($"layout {OptionCheck.Words(axes.ToString())}");
        return [.. words];
    }
}
