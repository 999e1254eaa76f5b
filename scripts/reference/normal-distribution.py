# Reference values of the normal distribution by mpmath with 50 digits, written with 17:
#   python3 scripts/reference/normal-distribution.py > src/statistics/distributions/normal.reference.json
import json

import mpmath

mpmath.mp.dps = 50


def quantile(p):
    if p == 0.5:
        return mpmath.mpf(0)
    guess = -mpmath.sqrt(-2 * mpmath.log(p)) if p < 0.5 else mpmath.sqrt(-2 * mpmath.log(1 - mpmath.mpf(p)))
    if p < 0.5:
        return mpmath.findroot(lambda z: mpmath.log(mpmath.ncdf(z)) - mpmath.log(mpmath.mpf(p)), guess)
    return mpmath.findroot(lambda z: mpmath.log(mpmath.ncdf(-z)) - mpmath.log(1 - mpmath.mpf(p)), guess)


places = [-37.5, -30, -20, -10, -8.3, -6.36, -5, -4, -3, -2.5, -2, -1.6448536269514722, -1.26, -1.25, -1.24, -1, -0.7, -0.3, -0.01, -1e-9]
places += [1e-9, 0.25, 0.5, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 7, 8]
chances = [1e-300, 1e-100, 1e-30, 1e-10, 1e-6, 0.001, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 1 - 1e-10]
print(
    json.dumps(
        {
            "software": "mpmath " + mpmath.__version__,
            "cdf": [[z, float(mpmath.ncdf(mpmath.mpf(z)))] for z in places],
            "quantile": [[p, float(quantile(p))] for p in chances],
        },
        indent=1,
    )
)
