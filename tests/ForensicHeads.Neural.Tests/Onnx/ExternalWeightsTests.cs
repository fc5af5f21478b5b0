using Google.Protobuf;
using Onnx;

namespace ForensicHeads.Neural.Tests.Onnx;

public class ExternalWeightsTests
{
    [Fact]
    public void A_network_whose_weights_lie_in_the_folder_that_the_user_stands_in_is_refused()
    {
        var file = $"{Guid.NewGuid():N}.txt";
        File.WriteAllBytes(file, [0, 0, 128, 63]);
        try
        {
            Assert.Contains("not a usable ONNX file",
                Assert.Throws<UserErrorException>(() => new OnnxSession(Model(file), "a model", "Make it again.").Dispose()).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_same_network_with_its_weights_in_it_opens() => new OnnxSession(Model(null), "a model", "Make it again.").Dispose();

    // y = w, one number, in the model or in a file.
    private static byte[] Model(string? file)
    {
        var weights = new TensorProto
        {
            Name = "w",
            DataType = 1,
            DataLocation = file is null ? TensorProto.Types.DataLocation.Default
            : TensorProto.Types.DataLocation.External
        };
        weights.Dims.Add(1);
        if (file is null) weights.FloatData.Add(1);
        else weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        var node = new NodeProto { OpType = "Identity" };
        node.Input.Add("w");
        node.Output.Add("y");
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto() } };
        type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 1 });
        var graph = new GraphProto { Name = "g" };
        graph.Initializer.Add(weights);
        graph.Node.Add(node);
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = type });
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return model.ToByteArray();
    }
}
