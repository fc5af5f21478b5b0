using System.Globalization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>A network of others in ONNX Runtime, whose input and output are those that its file promises.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const string Remedy = "Export it again in one file, weights inside, with one input of float32.";
    private readonly OnnxSession session;
    private readonly DetectorFile file;
    private readonly int output;

    /// <summary>Opens it.</summary>
    /// <param name="file">A description of kind onnx.</param>
    /// <param name="model">The ONNX file.</param>
    /// <exception cref="UserErrorException">Not such a file, or input and output are others than described.</exception>
    public OnnxNetwork(DetectorFile file, byte[] model)
    {
        this.file = file;
        session = new OnnxSession(model, file.File ?? file.Name, Remedy);
        try
        {
            CheckInput(file.Input!);
            output = FindOutput(file.Output!);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        IsBatched = session.Inputs[0].Sides![0] < 0 && session.Outputs[output].Sides is [< 0, ..];
    }

    /// <summary>Whether several pictures may go in at once.</summary>
    public bool IsBatched { get; }

    /// <summary>Runs it, on the calling thread.</summary>
    /// <param name="values">float32[count · numbers of an item].</param>
    /// <param name="count">Items of the batch.</param>
    /// <param name="sides">Shape of an item.</param>
    /// <returns>float32[count · K]: the output's numbers, item by item.</returns>
    /// <exception cref="UserErrorException">It does not run, or gives no whole number of values for an item.</exception>
    public float[] Run(Memory<float> values, int count, IReadOnlyList<long> sides)
    {
        using var found = session.Run(values, [count, .. sides]);
        var length = found.Length(output);
        if (length == 0 || length % count != 0 || length / count <= file.Output!.Index)
            throw Wrong($"output.index is {file.Output!.Index}, and {session.Outputs[output].Name} gives {length} numbers for {count} "
                + "pictures; allowed is 0 to one less than the numbers for a picture");
        return found.Take(output, (int)length).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private void CheckInput(DetectorInput input)
    {
        var names = string.Join(", ", session.Inputs.Select(port => port.Name));
        if (session.Inputs is not [var port]) throw Wrong(
            $"{session.Source} has {session.Inputs.Count} inputs ({names}); allowed is one");
        if (port.Name != input.Name) throw Wrong($"input.name is '{input.Name}', and the input of {session.Source} is called '{names}'");
        if (port.Sides is null) throw Wrong($"the input '{names}' of {session.Source} takes no float32; allowed is a tensor of float32");
        if (Fits(port.Sides, input)) return;
        var other = input with { Layout = input.Layout == TensorLayout.Nchw ? TensorLayout.Nhwc : TensorLayout.Nchw };
        var turned = input with { Size = [input.Height, input.Width] };
        var hint = Fits(port.Sides, other) ? $"; layout {Word(other.Layout)} would fit"
            : Fits(port.Sides, turned) ? "; width and height the other way round would fit" : "";
        throw Wrong($"the input '{names}' is {Shape(port.Sides)}, and {Word(input.Layout)} of {input.Width}×{input.Height} pixels"
            + $"{(file.Clip is { } clip ? $" with {clip.Frames} frames on axis {clip.Axis}" : "")} makes {Shape(Wanted(input))}{hint}");
    }

    private int FindOutput(DetectorOutput wanted)
    {
        string[] names = [.. session.Outputs.Select(port => port.Name)];
        var index = Array.IndexOf(names, wanted.Name);
        if (index < 0) throw Wrong($"output.name is '{wanted.Name}', and {session.Source} has {string.Join(", ", names)}"
            + NearestName.Suggestion(wanted.Name, names).TrimEnd());
        if (session.Outputs[index].Sides is null) throw Wrong(
            $"the output '{wanted.Name}' of {session.Source} gives no float32; allowed is a tensor of float32");
        return index;
    }

    private bool Fits(IReadOnlyList<int> sides, DetectorInput input) =>
        Wanted(input) is var wanted && sides.Count == wanted.Length && sides[0] is < 0 or 1
        && sides.Skip(1).Zip(wanted.Skip(1)).All(pair => pair.First < 0 || pair.First == pair.Second);

    private int[] Wanted(DetectorInput input) => [-1, .. new PictureTensor(input, file.Clip).Sides.Select(side => (int)side)];

    private static string Shape(IReadOnlyList<int> sides) =>
        $"[{string.Join(", ", sides.Select(side => side < 0 ? "any" : side.ToString(CultureInfo.InvariantCulture)))}]";

    private static string Word(TensorLayout layout) => OptionCheck.Words(layout.ToString());

    private UserErrorException Wrong(string what) => new($"{file.Source}: {PrintedText.Line(what)}. Correct the file.", exitCode: 2);
}
