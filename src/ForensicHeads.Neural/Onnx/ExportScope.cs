namespace ForensicHeads.Neural.Onnx;

/// <summary>A graph under construction and the folded values of the network that is written into it.</summary>
internal sealed class ExportScope
{
    private readonly NamedTensor[] values;
    private readonly float[] adaptive;
    private readonly float[] running;

    /// <summary>Folds a copy of the network.</summary>
    /// <param name="graph">Where the layers write their nodes.</param>
    /// <param name="parameters">The network's values; not changed.</param>
    /// <param name="adaptive">ψ̂, for a network with adaptive norms.</param>
    public ExportScope(OnnxGraph graph, NetworkParameters parameters, float[]? adaptive = null)
    {
        Graph = graph;
        this.adaptive = adaptive ?? [];
        using var folded = parameters.Clone();
        folded.Fold();
        values = [.. NetworkFile.Export("", folded)];
        running = folded.Running.ToHost<float>();
    }

    /// <summary>Takes values as they are.</summary>
    /// <param name="graph">Where the layers write their nodes.</param>
    /// <param name="values">Every parameter of the layout, each under a dot and its name.</param>
    /// <param name="running">Running statistics of the batch norms.</param>
    public ExportScope(OnnxGraph graph, NamedTensor[] values, float[] running)
    {
        Graph = graph;
        adaptive = [];
        this.values = values;
        this.running = running;
    }

    /// <summary>Where the layers write their nodes.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The parameter with the given layout index.</summary>
    public NamedTensor this[int index] => values[index] with { Name = values[index].Name[1..] };

    /// <summary>A layer's name from that of its weights.</summary>
    public static string Layer(string parameter) => parameter[..parameter.LastIndexOf('.')];

    /// <summary>Running statistics.</summary>
    public float[] Running(long offset, long count) => running[(int)offset..(int)(offset + count)];

    /// <summary>Values of ψ̂.</summary>
    public float[] Adaptive(long offset, long count) => adaptive[(int)offset..(int)(offset + count)];
}
