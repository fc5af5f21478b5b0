namespace ForensicHeads.Statistics;

/// <summary>
/// Two-parameter logistic fit (Platt 1999): P(generated | s) = 1/(1 + exp(−(slope·s + intercept))), weighted, by Newton's method. On scores
/// standardised by their weighted mean and deviation the slope carries the penalty ½·0.01·slope², which alone bounds it when the
/// classes are separable.
/// </summary>
public static class PlattFit
{
    /// <summary>Ridge on the slope of standardised scores, in units of cases.</summary>
    public const double Ridge = 0.01;

    /// <summary>The fit.</summary>
    /// <param name="scores">Finite.</param>
    /// <param name="generated">Their labels; both classes must occur.</param>
    /// <param name="weights">Above 0.</param>
    public static (double Slope, double Intercept) Fit(double[] scores, bool[] generated, double[] weights)
    {
        var total = weights.Sum();
        var mean = scores.Select((s, i) => s * weights[i]).Sum() / total;
        var deviation = Math.Sqrt(scores.Select((s, i) => weights[i] * (s - mean) * (s - mean)).Sum() / total);
        var prior = Math.Log(Weight(generated, weights, true) / Weight(generated, weights, false));
        if (deviation < 1e-12 * (1 + Math.Abs(mean))) return (0, prior);
        var z = scores.Select(s => (s - mean) / deviation).ToArray();
        double a = 0, b = prior;
        var loss = Loss(z, generated, weights, a, b);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            double ga = -Ridge * a, gb = 0, haa = Ridge, hab = 0, hbb = 0;
            for (var i = 0; i < z.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-((a * z[i]) + b)));
                var residual = weights[i] * ((generated[i] ? 1 : 0) - p);
                var curvature = weights[i] * p * (1 - p);
                ga += residual * z[i];
                gb += residual;
                haa += curvature * z[i] * z[i];
                hab += curvature * z[i];
                hbb += curvature;
            }

            var determinant = (haa * hbb) - (hab * hab);
            if (determinant <= 0) break;
            var da = ((hbb * ga) - (hab * gb)) / determinant;
            var db = ((haa * gb) - (hab * ga)) / determinant;
            var size = 1.0;
            double next;
            // The loss is convex: half the step until it falls.
            while ((next = Loss(z, generated, weights, a + (size * da), b + (size * db))) > loss && size > 1e-10) size /= 2;
            if (next > loss) break;
            a += size * da;
            b += size * db;
            loss = next;
            if (Math.Abs(da) + Math.Abs(db) < 1e-12) break;
        }

        return (a / deviation, b - (a * mean / deviation));
    }

    private static double Weight(bool[] generated, double[] weights, bool wanted) => weights.Where((_, i) => generated[i] == wanted).Sum();

    private static double Loss(double[] z, bool[] generated, double[] weights, double a, double b)
    {
        var loss = 0.5 * Ridge * a * a;
        for (var i = 0; i < z.Length; i++)
        {
            var t = (generated[i] ? -1 : 1) * ((a * z[i]) + b);
            loss += weights[i] * (t > 0 ? t + Math.Log(1 + Math.Exp(-t)) : Math.Log(1 + Math.Exp(t)));
        }

        return loss;
    }
}
