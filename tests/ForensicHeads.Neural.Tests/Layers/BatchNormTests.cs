using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class BatchNormTests : IDisposable
{
    private const int Pictures = 3, Channels = 2, Side = 4;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly ParameterLayout layout = new();
    private readonly BatchNorm norm;
    private readonly NetworkParameters parameters;
    private readonly float[] x = Tiny.Values("x", Pictures * Channels * Side * Side);

    public BatchNormTests()
    {
        _ = new BatchNorm(layout, "other", 5);
        norm = new BatchNorm(layout, "norm", Channels, epsilon: 1e-3);
        parameters = new NetworkParameters(layout, 1, "test");
        NetworkFile.Overwrite(parameters.Values, Tiny.Values("values", (int)layout.ParameterCount));
    }

    public void Dispose()
    {
        parameters.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void A_step_of_learning_norms_by_the_batch_and_moves_the_running_statistics_a_tenth_of_the_way()
    {
        var actual = norm.Forward(tensor(x, [Pictures, Channels, Side, Side]), parameters.Bind(learn: true, advance: true)).data<float>()
            .ToArray();
        var running = parameters.Running.data<float>().ToArray();
        for (var c = 0; c < Channels; c++)
        {
            var values = Channel(x, c);
            var (mean, variance) = (values.Average(), values.Average(value => Math.Pow(value - values.Average(), 2)));
            Assert.All(Channel(actual, c).Zip(values), pair => Assert.Equal(Expected(pair.Second, c, mean, variance), pair.First, 1e-5));
            Assert.Equal(0.1 * mean, running[10 + c], 1e-6);
            // The running variance takes the unbiased estimate.
            Assert.Equal(0.9 + (0.1 * variance * values.Length / (values.Length - 1)), running[10 + Channels + c], 1e-6);
        }

        Assert.All(running[..5], value => Assert.Equal(0, value));
        Assert.All(running[5..10], value => Assert.Equal(1, value));
    }

    [Fact]
    public void Outside_learning_the_running_statistics_norm_every_picture_alone_and_stay()
    {
        float[] statistics = [.. Enumerable.Range(0, 14).Select(i => 0.2f + (0.1f * i))];
        NetworkFile.Overwrite(parameters.Running, statistics);
        var bound = parameters.Bind(learn: false, advance: false);
        var all = norm.Forward(tensor(x, [Pictures, Channels, Side, Side]), bound).data<float>().ToArray();
        for (var c = 0; c < Channels; c++) Assert.All(Channel(all, c).Zip(Channel(x, c)), pair =>
            Assert.Equal(Expected(pair.Second, c, statistics[10 + c], statistics[12 + c]), pair.First, 1e-5));
        var alone = norm.Forward(tensor(x[..(Channels * Side * Side)], [1, Channels, Side, Side]), bound).data<float>().ToArray();
        Assert.Equal(all[..alone.Length], alone);
        Assert.Equal(statistics, parameters.Running.data<float>().ToArray());
    }

    [Fact]
    public void Statistics_survive_copies_and_files()
    {
        norm.Forward(tensor(x, [Pictures, Channels, Side, Side]), parameters.Bind(learn: true, advance: true));
        var expected = parameters.Running.data<float>().ToArray();
        using var copy = parameters.Clone();
        Assert.Equal(expected, copy.Running.data<float>().ToArray());
        var content = new SafetensorsContent(NetworkFile.Export("net", parameters).ToDictionary(tensor => tensor.Name),
            new Dictionary<string, string>());
        using var read = new NetworkParameters(layout, 2, "test");
        NetworkFile.Import("net", read, content, "test");
        Assert.Equal(expected, read.Running.data<float>().ToArray());
    }

    private double Expected(double value, int channel, double mean, double variance)
    {
        var values = parameters.Values.data<float>().ToArray();
        return ((value - mean) / Math.Sqrt(variance + 1e-3) * values[10 + channel]) + values[10 + Channels + channel];
    }

    private static double[] Channel(float[] values, int channel) =>
        [.. Enumerable.Range(0, values.Length).Where(i => i / (Side * Side) % Channels == channel).Select(i => (double)values[i])];
}
