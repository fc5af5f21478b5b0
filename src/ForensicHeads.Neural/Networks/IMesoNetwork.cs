using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>One of the networks of MesoNet (Afchar et al. 2018, arXiv 1809.00888), on pictures of 256×256.</summary>
public interface IMesoNetwork
{
    /// <summary>Its name in the paper.</summary>
    string Name { get; }

    /// <summary>The parameter table, in the order of the published files.</summary>
    ParameterLayout Layout { get; }

    /// <summary>float32[N, 3, 256, 256] in 0…1 to logits float32[N]; the published networks give them to a sigmoid.</summary>
    /// <param name="frames">The pictures.</param>
    /// <param name="parameters">Bound parameters; in a step of learning half the inputs of the two linear layers are dropped.</param>
    Tensor Forward(Tensor frames, BoundParameters parameters);

    internal OnnxValue Export(ExportScope scope, OnnxValue frames);
}
