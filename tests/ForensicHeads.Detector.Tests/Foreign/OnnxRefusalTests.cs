using global::Onnx;

namespace ForensicHeads.Detector.Tests.Foreign;

public sealed class OnnxRefusalTests : IDisposable
{
    private static readonly float[][] Weights = TinyNetwork.Weights(2, 36);
    private static readonly byte[] Model = TinyNetwork.Write([3, 3, 4], Weights);
    private static readonly DetectorFile Right = TinyNetwork.Describe(Model, 4, 3);
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_description_that_does_not_fit_the_network_is_refused_with_what_would()
    {
        Refused(Right with { Input = Right.Input! with { Name = "image" } },
            "input.name is 'image', and the input of tiny.onnx is called 'x'");
        Refused(Right with { Input = Right.Input! with { Layout = TensorLayout.Nhwc, Size = [3, 4] } },
            "the input 'x' is [any, 3, 3, 4], and nhwc of 3×4 pixels makes [any, 4, 3, 3]");
        Refused(Right with { Input = Right.Input! with { Size = [3, 4] } },
            "makes [any, 3, 4, 3]; width and height the other way round would fit");
        Refused(Right with { Input = Right.Input! with { Size = [8, 8] } }, "nchw of 8×8 pixels makes [any, 3, 8, 8].");
        Refused(Right with { Clip = new DetectorClip { Frames = 5, Axis = 2 } }, "with 5 frames on axis 2 makes [any, 3, 5, 3, 4]");
        Refused(Right with { Output = Right.Output! with { Name = "prob" } }, "output.name is 'prob', and tiny.onnx has y");
        Refused(Right with { Output = Right.Output! with { Index = 2 } }, "output.index is 2, and y gives 2 numbers for 1 pictures");
        var nhwc = TinyNetwork.Write([8, 8, 3], TinyNetwork.Weights(1, 192));
        Refused(TinyNetwork.Describe(nhwc, 8, 8), "layout nhwc would fit", nhwc);
    }

    [Fact]
    public void A_softmax_over_one_number_is_refused()
    {
        var model = TinyNetwork.Write([3, 3, 4], Weights[..1]);
        Refused(TinyNetwork.Describe(model, 4, 3) with { Output = Right.Output! with { Activation = OutputActivation.Softmax } },
            "output.activation is softmax, and y gives one number", model);
    }

    [Fact]
    public void Two_inputs_another_type_and_a_fixed_batch_are_refused()
    {
        void Changed(Action<ModelProto> edit, string words)
        {
            var model = TinyNetwork.Write([3, 3, 4], Weights, edit);
            Refused(TinyNetwork.Describe(model, 4, 3), words, model);
        }

        Changed(model => model.Graph.Input.Add(new ValueInfoProto(model.Graph.Input[0]) { Name = "z" }),
            "has 2 inputs (x, z); allowed is one");
        Changed(model => TinyNetwork.Sides(model)[0].DimValue = 8,
            "the input 'x' is [8, 3, 3, 4], and nchw of 4×3 pixels makes [any, 3, 3, 4]");
        Changed(model =>
        {
            model.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Uint8;
            model.Graph.Node.Insert(0, new NodeProto
            {
                OpType = "Cast",
                Input = { "x" },
                Output = { "cast" },
                Attribute = { OnnxAttribute.Of("to", 1L) },
            });
            model.Graph.Node[1].Input[0] = "cast";
        }, "the input 'x' of tiny.onnx takes no float32");
    }

    [Fact]
    public void Weights_outside_of_the_file_are_never_read()
    {
        // They lie beside it, and are exactly what belongs there.
        var raw = ModelProto.Parser.ParseFrom(Model).Graph.Initializer.Single(part => part.Name == "w").RawData.ToByteArray();
        File.WriteAllBytes(folder["w.bin"], raw);
        foreach (var place in new[] { "w.bin", "../w.bin", folder["w.bin"] })
        {
            var model = TinyNetwork.Write([3, 3, 4], Weights, changed =>
            {
                var part = changed.Graph.Initializer.Single(one => one.Name == "w");
                part.ClearRawData();
                part.DataLocation = TensorProto.Types.DataLocation.External;
                part.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = place });
            });
            File.WriteAllBytes(folder["tiny.onnx"], model);
            var error = Assert.Throws<UserErrorException>(() =>
                ForeignDetectors.Open(TinyNetwork.Describe(model, 4, 3) with { Source = folder["tiny.detector.json"] }));
            Assert.Contains("is not a usable ONNX file", error.Message, StringComparison.Ordinal);
            Assert.Contains("in one file, weights inside", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_file_lies_below_its_description_is_no_link_and_has_the_pinned_content()
    {
        File.WriteAllBytes(folder["tiny.onnx"], Model);
        var file = Right with { Source = folder["tiny.detector.json"] };
        ForeignDetectors.Open(file).Dispose();
        string Error(DetectorFile wrong) => Assert.Throws<UserErrorException>(() => ForeignDetectors.Open(wrong)).Message;
        Assert.Contains("leads out of", Error(file with { File = "../tiny.onnx" }), StringComparison.Ordinal);
        Assert.Contains("file is 'none.onnx'", Error(file with { File = "none.onnx" }), StringComparison.Ordinal);
        Assert.Contains($"sha256 is {new string('0', 64)}, and that of tiny.onnx is {Hashes.Of(Model)}",
            Error(file with { Sha256 = new string('0', 64) }), StringComparison.Ordinal);
        File.CreateSymbolicLink(folder["link.onnx"], folder["tiny.onnx"]);
        Assert.Contains("is a link", Error(file with { File = "link.onnx" }), StringComparison.Ordinal);
        File.WriteAllText(folder["text.onnx"], "text");
        Assert.Contains("is not a usable ONNX file", Error(file with { File = "text.onnx", Sha256 = Hashes.OfText("text") }),
            StringComparison.Ordinal);
    }

    private static void Refused(DetectorFile file, string words, byte[]? model = null)
    {
        var error = Assert.Throws<UserErrorException>(() => OnnxDetector.FromBytes(file, model ?? Model));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("tiny.detector.json: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
