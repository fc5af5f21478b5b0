using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>Everything a checkpoint holds, as named tensors.</summary>
internal sealed record LearnerState(
    IReadOnlyList<(string Name, NetworkParameters Network)> Networks,
    IReadOnlyList<(string Name, Adam Adam)> Optimisers,
    IReadOnlyList<(string Name, Tensor Tensor)> Tensors)
{
    public List<NamedTensor> Export()
    {
        var result = Networks.SelectMany(item => NetworkFile.Export(item.Name, item.Network)).ToList();
        result.AddRange(PlainTensors().Select(item => new NamedTensor(item.Name, item.Tensor.shape, item.Tensor.ToHost<float>())));
        result.AddRange(Optimisers.Select(item => new NamedTensor($"{item.Name}.steps", [1], [item.Adam.Steps])));
        return result;
    }

    public void Import(SafetensorsContent content, string source)
    {
        // Look everything up before anything is changed: all or nothing.
        var found = PlainTensors().Select(item => (item.Tensor, NetworkFile.Find(content, item.Name, item.Tensor.shape, source).Values))
            .ToArray();
        var steps = Optimisers.Select(item => (item.Adam, (long)NetworkFile.Find(content, $"{item.Name}.steps", [1], source).Values[0]))
            .ToArray();
        foreach (var (name, network) in Networks) NetworkFile.Check(name, network, content, source);
        foreach (var (name, network) in Networks) NetworkFile.Import(name, network, content, source);
        foreach (var (tensor, values) in found) NetworkFile.Overwrite(tensor, values);
        foreach (var (adam, count) in steps) adam.Steps = count;
    }

    private IEnumerable<(string Name, Tensor Tensor)> PlainTensors() =>
        Tensors.Concat(Optimisers.SelectMany(item => item.Adam.State.Select(state => ($"{item.Name}.{state.Key}", state.Value))));
}
