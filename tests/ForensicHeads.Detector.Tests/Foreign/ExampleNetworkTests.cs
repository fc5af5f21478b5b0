namespace ForensicHeads.Detector.Tests.Foreign;

/// <summary>The example network under <c>notebooks/plugins</c>.</summary>
public class ExampleNetworkTests
{
    [Fact]
    public void The_network_is_the_one_that_is_made_here()
    {
        var bytes = Network();
        Assert.Equal(bytes, File.ReadAllBytes(Repository.At("notebooks/plugins/detail.onnx")));
        Assert.Equal(Hashes.Of(bytes), DetectorFile.Read(Repository.At("notebooks/plugins/detail-onnx.detector.json")).Sha256);
    }

    // The mean square of the grey picture's Laplacian, as a logarithm.
    private static byte[] Network()
    {
        float[] laplacian = [0, -1, 0, -1, 4, -1, 0, -1, 0];
        float[] luma = [0.299f, 0.587f, 0.114f];
        float[] kernel = [.. luma.SelectMany(share => laplacian.Select(value => share * value))];
        var graph = new OnnxGraph("detail");
        var x = graph.Input("x", 3, 128, 128);
        var edges = graph.Node("Conv", "edges", [x.Name, graph.Constant("laplacian", kernel, 1, 3, 3, 3)]);
        var square = graph.Node("Mul", "square", [edges, edges]);
        var mean = graph.Node("GlobalAveragePool", "mean", [square]);
        var sum = graph.Node("Add", "above", [mean, graph.Constant("least", [1e-6f], 1)]);
        graph.Output("y", new OnnxValue(graph.Node("Log", "log", [sum]), 1, 1, 1));
        return graph.ToModel(new Dictionary<string, string>()).Bytes;
    }
}
