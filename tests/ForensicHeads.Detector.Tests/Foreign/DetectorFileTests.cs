namespace ForensicHeads.Detector.Tests.Foreign;

public class DetectorFileTests
{
    private const string Onnx = """
        {
          "name": "some-net", "kind": "onnx", "licence": "MIT", "version": "2", "trained_on": "FaceForensics++", "file": "some.onnx",
          "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          "input": { "name": "x", "layout": "nhwc", "channels": "bgr", "size": [320, 240], "scale": 0.5,
            "mean": [1, 2, 3], "std": [4, 5, 6], "resize": "bilinear" },
          "crop": { "of": "face", "margin": 1.3, "align": "none" },
          "output": { "name": "y", "index": 1, "activation": "softmax", "rises_to": "real" },
          "frames": { "every_seconds": 0.2, "at_most": 32 }, "video_score": "median",
          "clip": { "frames": 8, "every": 2, "axis": 2 }, "check": { "input": "ramp", "output": [0.25, 0.75] },
        }
        """;

    private const string Points = """
        "crop": { "of": "face", "align": "five_points", "template": [[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]] }
        """;

    private const string Command = """
        { "name": "p", "kind": "command", "licence": "MIT", "command": ["python3", "score.py", "{list}", "{out}"] }
        """;

    private const string Scores = """{ "name": "s", "kind": "scores", "licence": "MIT", "file": "scores.csv" }""";
    private const string Crop = "\"crop\": { \"of\": \"face\", \"margin\": 1.3, \"align\": \"none\" }";

    [Fact]
    public void Every_value_is_read()
    {
        var file = DetectorFile.Parse(Onnx, "some.detector.json");
        Assert.Equal(("some-net", "2", "FaceForensics++", "some.onnx"), (file.Name, file.Version, file.TrainedOnText, file.File));
        var input = file.Input!;
        Assert.Equal(("x", TensorLayout.Nhwc, ChannelOrder.Bgr, 320, 240, 0.5, ResizeFilter.Bilinear),
            (input.Name, input.Layout, input.Channels, input.Width, input.Height, input.Scale, input.Resize));
        Assert.Equal([1, 2, 3], input.Mean);
        Assert.Equal([4, 5, 6], input.Std);
        Assert.Equal((CropOf.Face, 1.3, CropAlign.None), (file.Crop!.Of, file.Crop.Margin, file.Crop.Align));
        Assert.Equal(("y", 1, OutputActivation.Softmax, Label.Real),
            (file.Output!.Name, file.Output.Index, file.Output.Activation, file.Output.RisesTo));
        Assert.Equal((0.2, 32, ClipAverage.Median), (file.Frames!.EverySeconds, file.Frames.AtMost, file.VideoScore));
        Assert.Equal((8, 2, 2, 15), (file.Clip!.Frames, file.Clip.Every, file.Clip.Axis, file.Clip.Span));
        Assert.Equal([0.25, 0.75], file.Check!.Output);
        Assert.Equal([0.35, 0.8], DetectorFile.Parse(Onnx.Replace(Crop, Points, StringComparison.Ordinal), "x").Crop!.Template![3]);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var program = DetectorFile.Parse(Command, "p.detector.json");
        Assert.Equal((".", ProgramWants.Crops, 900, ClipAverage.Mean), (program.Folder, program.Wants, program.TimeoutSeconds,
            program.VideoScore));
        Assert.Equal(["python3", "score.py", "{list}", "{out}"], program.Command);
        Assert.Empty(program.Environment.Concat(program.Ignore));
        var scores = DetectorFile.Parse(Scores, "s.detector.json");
        Assert.Equal("not stated", scores.TrainedOnText);
        var input = DetectorFile.Parse(Onnx.Replace(",\n    \"mean\": [1, 2, 3], \"std\": [4, 5, 6], \"resize\": \"bilinear\"", "",
            StringComparison.Ordinal), "x").Input!;
        Assert.Equal(ResizeFilter.Area, input.Resize);
        Assert.Equal([0, 0, 0], input.Mean);
        Assert.Equal([1, 1, 1], input.Std);
        Assert.Equal("a: CUDA", DetectorFile.Parse(Command.Replace("] }",
            "], \"folder\": \"a: CUDA\", \"environment\": [\"X\"], \"wants\": \"files\", \"timeout_seconds\": 5, \"ignore\": [\"*.pt\"] }",
            StringComparison.Ordinal), "p").Folder);
    }

    [Theory]
    [InlineData("\"some-net\"", "\"some/net\"", "x.json: name is 'some/net'; allowed is 1 to 180 letters, digits")]
    [InlineData("\"some-net\"", "null", "It is at $.name")]
    [InlineData("\"name\": \"some-net\",", "", "left out, but needed: 'name'")]
    [InlineData("\"onnx\"", "\"torch\"", "the value is not one of onnx, command, scores. It is at $.kind, line 2. It says \"torch\".")]
    [InlineData("\"onnx\"", "0", "the value is not one of onnx, command, scores. It is at $.kind, line 2. It says 0.")]
    [InlineData("\"MIT\"", "\"\"", "licence is ''; allowed is one line of 1 to 500 letters")]
    [InlineData("\"FaceForensics++\"", "\"a\\nb\"", "trained_on is 'aU+000Ab'; allowed is one line")]
    [InlineData("\"version\"", "\"verson\"", "'verson' is not known here")]
    [InlineData("\"version\": \"2\",", "\"version\": \"2\", \"version\": \"3\",", "version")]
    [InlineData("\"sha256\": \"0", "\"sha256\": \"X", "sha256 is 'X123456789abcdef")]
    [InlineData("\"file\": \"some.onnx\",", "", "x.json: the key file is missing; a detector of kind onnx needs file, sha256, input, crop")]
    [InlineData("\"layout\": \"nhwc\"", "\"layout\": \"chw\"", "the value is not one of nchw, nhwc. It is at $.input.layout")]
    [InlineData("\"layout\": \"nhwc\", ", "", "left out, but needed: 'layout'. It is at $.input")]
    [InlineData("\"bgr\"", "\"grb\"", "not one of rgb, bgr")]
    [InlineData("[320, 240]", "[320, 0]", "input.size is [320, 0]; allowed is a width and a height of 1 to 4096 pixels")]
    [InlineData("[320, 240]", "[320]", "input.size is [320]")]
    [InlineData("[320, 240]", "[320.5, 240]", "the value is not a whole number. It is at $.input.size[0], line 4. It says 320.5.")]
    [InlineData("[320, 240]", "[4096, 4096]", "input.size is [4096, 4096] for 8 frames; allowed is 268435456 numbers")]
    [InlineData("\"scale\": 0.5", "\"scale\": 0", "input.scale is 0; allowed is 1E-06 to 1000000")]
    [InlineData("\"scale\": 0.5", "\"scale\": 1e999", "input.scale is Infinity")]
    [InlineData("\"scale\": 0.5", "\"scale\": \"1/255\"", "the value is not a number. It is at $.input.scale, line 4. It says \"1/255\".")]
    [InlineData("[1, 2, 3]", "[1, 2]", "input.mean is [1, 2]; allowed is three numbers")]
    [InlineData("[4, 5, 6]", "[4, 0, 6]", "input.std is [4, 0, 6]; allowed is three numbers of 1E-06 to 1000000")]
    [InlineData("\"bilinear\"", "\"cubic\"", "not one of area, bilinear")]
    [InlineData("\"margin\": 1.3", "\"margin\": 0", "crop.margin is 0; allowed is 0.1 to 20")]
    [InlineData("\"margin\": 1.3, ", "", "crop.margin is missing; allowed is 0.1 to 20")]
    [InlineData("\"of\": \"face\"", "\"of\": \"store\"", "crop.margin is 1.3; allowed is nothing where crop.of is store")]
    [InlineData("\"align\": \"none\"", "\"align\": \"eyes\"", "not one of none, five_points, upright")]
    [InlineData("\"align\": \"none\"", "\"align\": \"five_points\"", "crop.margin is 1.3; allowed is nothing beside a template")]
    [InlineData("\"margin\": 1.3, \"align\": \"none\"", "\"align\": \"five_points\"", "crop.template is missing; allowed is five pairs")]
    [InlineData("\"index\": 1", "\"index\": -1", "output.index is -1; allowed is 0 to")]
    [InlineData("\"softmax\"", "\"relu\"", "not one of none, sigmoid, softmax")]
    [InlineData("\"rises_to\": \"real\"", "\"rises_to\": \"fake\"", "not one of real, generated")]
    [InlineData(", \"rises_to\": \"real\"", "", "left out, but needed: 'rises_to'")]
    [InlineData("\"every_seconds\": 0.2", "\"every_seconds\": -1", "frames.every_seconds is -1; allowed is 0 to 3600")]
    [InlineData("\"at_most\": 32", "\"at_most\": 0", "frames.at_most is 0; allowed is 1 to")]
    [InlineData("\"median\"", "\"mode\"", "not one of mean, median, max")]
    [InlineData("\"frames\": 8", "\"frames\": 1", "clip.frames is 1; allowed is 2 to 1024")]
    [InlineData("\"every\": 2", "\"every\": 0", "clip.every is 0; allowed is 1 to")]
    [InlineData("\"axis\": 2", "\"axis\": 0", "clip.axis is 0; allowed is 1 to 4")]
    [InlineData("\"ramp\"", "\"cat\"", "not one of ramp")]
    [InlineData("[0.25, 0.75]", "\"a\"", "neither a number nor a list of numbers")]
    [InlineData("[0.25, 0.75]", "[]", "check.output is []; allowed is a number")]
    [InlineData("\"index\": 1", "\"index\": 2", "check.output is [0.25, 0.75]; allowed is a number, or all numbers of the output")]
    public void A_wrong_value_of_a_network_is_refused_in_one_line(string right, string wrong, string words) =>
        Refused(Onnx, right, wrong, words);

    [Theory]
    [InlineData("[0.3, 0.4]", "[0.7, 0.4]", "allowed is five different pairs")]
    [InlineData("[0.3, 0.4]", "[0.3]", "crop.template is [[0.3], [0.7, 0.4]")]
    [InlineData("[0.3, 0.4]", "[3, 0.4]", "shares of the crop's side")]
    [InlineData("[0.3, 0.4]", "null", "crop.template is [[], [0.7, 0.4]")]
    public void A_wrong_template_is_refused(string right, string wrong, string words) =>
        Refused(Onnx.Replace(Crop, Points, StringComparison.Ordinal), right, wrong, words);

    [Theory]
    [InlineData("[\"python3\", \"score.py\", \"{list}\", \"{out}\"]", "[]", "command is an empty list; allowed is a program")]
    [InlineData("\"{out}\"", "\"out\"", "command is 'python3' 'score.py' '{list}' 'out'; allowed is a list that names {list} and {out}")]
    [InlineData("\"score.py\"", "null", "command is ''; allowed is one line")]
    [InlineData("\"score.py\"", "3", "the value is not a text. It is at $.command[1], line 1. It says 3.")]
    [InlineData("] }", "], \"timeout_seconds\": 0 }", "timeout_seconds is 0; allowed is 1 to 604800")]
    [InlineData("] }", "], \"wants\": \"frames\" }", "not one of crops, files")]
    [InlineData("] }", "], \"environment\": [\"\"] }", "environment is ''")]
    [InlineData("] }", "], \"output\": null }", "the key output means nothing to a detector of kind command; allowed are name, kind")]
    public void A_wrong_value_of_a_program_is_refused(string right, string wrong, string words) => Refused(Command, right, wrong, words);

    [Theory]
    [InlineData("\"file\": \"scores.csv\"", "\"version\": \"1\"", "the key file is missing; a detector of kind scores needs file.")]
    [InlineData("\"scores.csv\"", "\"scores.csv\", \"sha256\": \"1\"", "sha256 is '1'; allowed is 64 digits")]
    [InlineData("\"scores.csv\"", "\"scores.csv\", \"command\": [\"a\"]", "the key command means nothing to a detector of kind scores")]
    public void A_wrong_value_of_a_list_of_scores_is_refused(string right, string wrong, string words) =>
        Refused(Scores, right, wrong, words);

    [Fact]
    public void A_file_that_is_missing_too_long_or_no_JSON_is_refused()
    {
        using var folder = new TestFolder();
        Assert.Contains("Cannot read the detector", Assert.Throws<UserErrorException>(() =>
            DetectorFile.Read(folder["none.detector.json"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["long.detector.json"], new string(' ', (1 << 20) + 1));
        Assert.Contains("more than 1048576 bytes", Assert.Throws<UserErrorException>(() =>
            DetectorFile.Read(folder["long.detector.json"])).Message, StringComparison.Ordinal);
        foreach (var text in new[] { "", "null", "[]", "{", "3" })
            Assert.Contains("is not a valid detector file", Assert.Throws<UserErrorException>(() => DetectorFile.Parse(text, "x")).Message,
                StringComparison.Ordinal);
        File.WriteAllText(folder["s.detector.json"], Scores);
        Assert.Equal(folder["s.detector.json"], DetectorFile.Read(folder["s.detector.json"]).Source);
    }

    private static void Refused(string text, string right, string wrong, string words)
    {
        var changed = text.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        var error = Assert.Throws<UserErrorException>(() => DetectorFile.Parse(changed, "x.json"));
        Assert.True(error.Message.Contains(words, StringComparison.Ordinal), error.Message);
        Assert.StartsWith("x.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(2, error.ExitCode);
    }
}
