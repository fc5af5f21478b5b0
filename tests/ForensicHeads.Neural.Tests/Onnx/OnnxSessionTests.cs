namespace ForensicHeads.Neural.Tests.Onnx;

/// <summary>The session of Media on a network that only this room can write.</summary>
public sealed class OnnxSessionTests : IDisposable
{
    private const string Remedy = "Make it again.";
    private static readonly byte[] Model = Write();
    private readonly OnnxSession session = new(Model, "x.onnx", Remedy, "a kind");

    public void Dispose() => session.Dispose();

    [Fact]
    public void It_says_what_goes_in_and_out_and_where_the_file_came_from()
    {
        var (input, output) = (Assert.Single(session.Inputs), Assert.Single(session.Outputs));
        Assert.Equal((EmbedderExport.Input, EmbedderExport.Output), (input.Name, output.Name));
        Assert.Equal([-1, 6, 32, 32], input.Sides!);
        Assert.Equal([-1, Tiny.Preset.Embedding], output.Sides!);
        Assert.Equal("a kind", session.Metadata["kind"]);
    }

    [Fact]
    public void A_run_beside_others_gives_what_it_gives_alone()
    {
        float[][] inputs = [.. Enumerable.Range(0, 8).Select(i => Tiny.Values($"x{i}", 6 * 32 * 32))];
        var alone = Array.ConvertAll(inputs, Run);
        var together = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = Run(inputs[i]));
        Assert.Equal(alone, together);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public void Another_kind_an_input_that_does_not_fit_and_another_length_are_refused_in_one_line()
    {
        Refused("holds a network of kind 'a kind', 'another' was expected", "Name the file", () =>
            new OnnxSession(Model, "x.onnx", Remedy, "another").Dispose());
        Refused("does not run: ", Remedy, () => session.Run(new float[3 * 32 * 32], 1, 3, 32, 32).Dispose());
        using var found = session.Run(new float[6 * 32 * 32], 1, 6, 32, 32);
        Refused($"gives {Tiny.Preset.Embedding} numbers where 7 were expected", Remedy, () => found.Take(0, 7));
    }

    private static void Refused(string what, string remedy, Action action)
    {
        var message = Assert.Throws<UserErrorException>(action).Message;
        Assert.StartsWith("x.onnx " + what, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static byte[] Write()
    {
        var net = new Embedder(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "e");
        return EmbedderExport.Write(net, 32, parameters, new Dictionary<string, string> { ["kind"] = "a kind" }).Bytes;
    }

    private float[] Run(float[] input)
    {
        using var found = session.Run(input, 1, 6, 32, 32);
        return found.Take(0, Tiny.Preset.Embedding).ToArray();
    }
}
