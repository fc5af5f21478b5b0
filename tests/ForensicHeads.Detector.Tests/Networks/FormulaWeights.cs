namespace ForensicHeads.Detector.Tests.Networks;

/// <summary>MesoNet weights by the formula of tests/reference/mesonet.py, in the layout of Keras.</summary>
internal static class FormulaWeights
{
    public static KerasWeights Of(bool inception)
    {
        var layers = new Dictionary<string, IReadOnlyDictionary<string, NamedTensor>>();
        var count = 0;

        NamedTensor Wave(string name, long[] shape, double scale, double offset = 0)
        {
            count++;
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            for (var k = 0; k < values.Length; k++) values[k] =
                (float)(offset + (scale * Math.Sin((0.9 * count) + (0.37 * k) + (0.0011 * k * k))));
            return new NamedTensor(name, shape, values);
        }

        // Numbers from 8 on, so that 10 must come after 9.
        void Add(string kind, params NamedTensor[] tensors) =>
            layers.Add($"{kind}_{layers.Keys.Count(name => name.StartsWith(kind, StringComparison.Ordinal)) + 8}",
                tensors.ToDictionary(tensor => tensor.Name));
        void Convolution(int side, int inputs, int outputs) =>
            Add("conv2d", Wave("kernel", [side, side, inputs, outputs], Math.Sqrt(2.0 / (side * side * inputs))),
            Wave("bias", [outputs], 0.1));
        void Norm(int channels) =>
            Add("batch_normalization", Wave("gamma", [channels], 0.3, 1), Wave("beta", [channels], 0.2),
            Wave("moving_mean", [channels], 0.1, 0.1), Wave("moving_variance", [channels], 0.1, 0.2));
        void Dense(int inputs, int outputs) =>
            Add("dense", Wave("kernel", [inputs, outputs], Math.Sqrt(2.0 / inputs)), Wave("bias", [outputs], 0.1));

        var inputs = 3;
        foreach (var (side, width, branches) in new[] { (3, 8, new[] { 1, 4, 4, 2 }), (5, 8, [2, 4, 4, 2]) })
        {
            if (inception)
            {
                for (var i = 0; i < branches.Length; i++)
                {
                    Convolution(1, inputs, branches[i]);
                    if (i > 0) Convolution(3, branches[i], branches[i]);
                }
            }
            else
            {
                Convolution(side, inputs, width);
            }

            inputs = inception ? branches.Sum() : width;
            Norm(inputs);
        }

        foreach (var from in new[] { inputs, 16 })
        {
            Convolution(5, from, 16);
            Norm(16);
        }

        Dense(1024, 16);
        Dense(16, 1);
        return new KerasWeights(layers);
    }
}
