using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>L_CNT: how far a generated frame is from the true one.</summary>
public interface IContentLoss : IDisposable
{
    /// <summary>Name for options and reports.</summary>
    string Name { get; }

    /// <summary>A scalar from two batches float32[N, 3, S, S] in −1…1.</summary>
    Tensor Of(Tensor generated, Tensor truth);
}

/// <summary>The content losses that need no downloaded weights.</summary>
public static class ContentLosses
{
    /// <summary>Makes the loss of that name: <c>laplacian</c> or <c>random-vgg</c>.</summary>
    /// <exception cref="Foundation.UserErrorException">Unknown name.</exception>
    public static IContentLoss ByName(string name, long seed) => name switch
    {
        "laplacian" => new LaplacianContentLoss(),
        "random-vgg" => new RandomVggContentLoss(seed),
        _ => throw new Foundation.UserErrorException($"There is no content loss '{name}'. Use laplacian or random-vgg.", exitCode: 2),
    };
}
