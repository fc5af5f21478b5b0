using System.Text;

namespace ForensicHeads.Neural.Tests.Files;

public class ForeignWeightsTests
{
    [Fact]
    public void Arrays_of_MXNet_come_out_by_name_and_a_cut_file_is_refused()
    {
        var file = MxNet(("arg:a_weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("aux:b_mean", [1], [-0.5f]));
        var read = MxNetParameters.Read(file, "x.params").Arrays;
        Assert.Equal(["a_weight", "b_mean"], read.Keys.Order());
        Assert.Equal([2, 3], read["a_weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], read["a_weight"].Values);
        Assert.Equal([-0.5f], read["b_mean"].Values);
        for (var length = 0; length < file.Length; length++)
            Assert.Contains("x.params is not a parameter file of MXNet",
                Assert.Throws<UserErrorException>(() => MxNetParameters.Read(file.AsSpan(0, length), "x.params")).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_MXNet_becomes_the_network_that_it_describes()
    {
        var parameters = MxNetParameters.Read(MxNet(("arg:c_weight", [2, 1, 1, 1], [2, -1]), ("arg:c_bias", [2], [1, 0])), "x");
        var symbol = """
            {"nodes":[{"op":"null","name":"data","inputs":[]},{"op":"_minus_scalar","name":"m","attrs":{"scalar":"1"},"inputs":[[0,0,0]]},
            {"op":"null","name":"c_weight","inputs":[]},{"op":"null","name":"c_bias","inputs":[]},
            {"op":"Convolution","name":"c","attrs":{"kernel":"(1, 1)","num_filter":"2"},"inputs":[[1,0,0],[2,0,0],[3,0,0]]},
            {"op":"_maximum_scalar","name":"r","attrs":{"scalar":"0"},"inputs":[[4,0,0]]}]}
            """;
        // One weight an output where three channels come.
        var error = Assert.Throws<UserErrorException>(() => MxNetExport.Write(Encoding.UTF8.GetBytes(symbol), parameters, 1, new
            Dictionary<string, string>(), "x.json"));
        Assert.Contains("c has 2 weights for 3 channels", error.Message, StringComparison.Ordinal);
        parameters = MxNetParameters.Read(MxNet(("arg:c_weight", [2, 3, 1, 1], [1, 2, 3, -1, -1, -1]), ("arg:c_bias", [2], [1, 0])), "x");
        var model = MxNetExport.Write(Encoding.UTF8.GetBytes(symbol), parameters, 1, new Dictionary<string, string> { ["kind"] = "k" },
            "x");
        using var session = new OnnxSession(model.Bytes, "x", "No.", "k");
        using var output = session.Run(new float[] { 2, 3, 4 }, 1, 3, 1, 1);
        // 1·1 + 2·2 + 3·3 + 1, and what is below 0 becomes 0.
        Assert.Equal([15, 0], output.Take(0, 2).ToArray());
        Assert.Contains("the operator Softmax is not known", Assert.Throws<UserErrorException>(() => MxNetExport.Write(
            Encoding.UTF8.GetBytes(symbol.Replace("_maximum_scalar", "Softmax", StringComparison.Ordinal)), parameters, 1,
            new Dictionary<string, string>(), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_TensorFlow_js_are_scaled_and_must_fit_their_manifest()
    {
        var manifest = Encoding.UTF8.GetBytes("""
            [{"weights":[{"name":"a","shape":[3],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1}},
            {"name":"b","shape":[1],"dtype":"float32"}],"paths":["x.bin"]}]
            """);
        byte[] values = [0, 2, 255, .. BitConverter.GetBytes(1.25f)];
        var read = TfJsWeights.Read(values, manifest, "x.bin").Tensors;
        Assert.Equal([-1, 0, 126.5f], read["a"].Values);
        Assert.Equal([1.25f], read["b"].Values);
        foreach (var wrong in new[] { values[..6], [.. values, 0] })
            Assert.Contains("x.bin and its manifest do not fit",
                Assert.Throws<UserErrorException>(() => TfJsWeights.Read(wrong, manifest, "x.bin")).Message, StringComparison.Ordinal);
        var other = Assert.Throws<UserErrorException>(() => DlibResNetExport.Write(TfJsWeights.Read(values, manifest, "x"),
            new Dictionary<string, string>()));
        Assert.Contains("not those of dlib's face recogniser", other.Message, StringComparison.Ordinal);
    }

    private static byte[] MxNet(params (string Name, long[] Shape, float[] Values)[] arrays)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x112L);
        writer.Write(0L);
        writer.Write((long)arrays.Length);
        foreach (var (_, shape, values) in arrays)
        {
            writer.Write(0xF993FAC9);
            writer.Write(0);
            writer.Write(shape.Length);
            foreach (var side in shape) writer.Write(side);
            writer.Write(1);
            writer.Write(0);
            writer.Write(0);
            foreach (var value in values) writer.Write(value);
        }

        writer.Write((long)arrays.Length);
        foreach (var (name, _, _) in arrays)
        {
            writer.Write((long)name.Length);
            writer.Write(Encoding.UTF8.GetBytes(name));
        }

        return stream.ToArray();
    }
}
